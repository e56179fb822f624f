import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs the command-line tools of Apache Kafka one after another in one virtual machine. Each line of standard input is
 * a call: main class, standard input and arguments as words of `.` and base64. Each line of standard output answers
 * one: exit status, standard output and standard error.
 */
public final class ToolRunner {
    private static final List<Runnable> hooks = new ArrayList<>();
    private static CompletableFuture<Integer> status;

    public static void main(String[] unused) throws Exception {
        Exit.setExitProcedure((code, message) -> end(code));
        Exit.setHaltProcedure((code, message) -> end(code));
        Exit.setShutdownHookAdder((name, hook) -> hooks.add(hook));
        PrintStream answers = System.out;
        BufferedReader calls = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = calls.readLine(); line != null; line = calls.readLine()) {
            answers.println(run(line.split(" ")));
            answers.flush();
        }
    }

    /** Nothing of a tool may run after its exit, so its thread stops here for good. */
    private static void end(int code) {
        status.complete(code);
        while (true) LockSupport.park();
    }

    private static String run(String[] words) throws Exception {
        String[] arguments = new String[words.length - 2];
        for (int i = 0; i < arguments.length; i++) arguments[i] = text(words[i + 2]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        System.setIn(new ByteArrayInputStream(bytes(words[1])));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        hooks.clear();
        status = new CompletableFuture<>();
        CompletableFuture<Integer> ended = status;
        Thread thread = new Thread(() -> {
            try {
                Class.forName(text(words[0])).getMethod("main", String[].class).invoke(null, (Object) arguments);
                ended.complete(0);
            } catch (Throwable thrown) {
                (thrown instanceof InvocationTargetException ? thrown.getCause() : thrown).printStackTrace();
                ended.complete(1);
            }
        });
        thread.setDaemon(true);
        thread.start();
        int code = ended.get();
        for (Runnable hook : hooks) hook.run();
        System.out.flush();
        System.err.flush();
        System.setOut(outBefore);
        System.setErr(errBefore);
        return code + " " + word(out.toByteArray()) + " " + word(err.toByteArray());
    }

    private static byte[] bytes(String word) {
        return Base64.getDecoder().decode(word.substring(1));
    }

    private static String text(String word) {
        return new String(bytes(word), StandardCharsets.UTF_8);
    }

    private static String word(byte[] bytes) {
        return "." + Base64.getEncoder().encodeToString(bytes);
    }
}
