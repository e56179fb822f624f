import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Locks a file as Apache Kafka locks a log directory, says whether it could, and holds it until standard input ends. */
public class LockHolder {
  public static void main(String[] args) throws Exception {
    FileChannel channel =
        FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    System.out.println(lock == null ? "refused" : "locked");
    System.out.flush();
    while (lock != null && System.in.read() >= 0) {}
  }
}
