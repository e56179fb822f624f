/** TLS, SASL, principals, tokens. The columns are explained in ../definition-table.ts. */
export const brokerSecurityTable = `
authorizer.class.name | STRING | | non-null string | low | read-only | Name of the authorizer. Empty means that every request is allowed; org.apache.kafka.metadata.authorizer.StandardAuthorizer stands for the ACLs kept in the metadata log.
connection.failed.authentication.delay.ms | INT | 100 | [0,...] | low | read-only | How long an answer to a failed authentication is held back before the connection is closed. It slows down guessing.
connections.max.reauth.ms | LONG | 0 | | medium | read-only | When positive, the longest life of an authenticated session; the client must authenticate again before it ends.
delegation.token.expiry.check.interval.ms | LONG | 3600000 | [1,...] | low | read-only | How often expired delegation tokens are looked for and removed.
delegation.token.expiry.time.ms | LONG | 86400000 | [1,...] | medium | read-only | How long a delegation token is good before it must be renewed.
delegation.token.max.lifetime.ms | LONG | 604800000 | [1,...] | medium | read-only | After this long a delegation token cannot be renewed any more.
delegation.token.secret.key | PASSWORD | null | | medium | read-only | The secret that delegation tokens are signed with, the same on all brokers and controllers. Without it there are no tokens.
principal.builder.class | CLASS | org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder | | medium | per-broker | A Java class that makes principals from connections in Apache Kafka. Classes cannot be loaded here: the default's rules are built in.
sasl.client.callback.handler.class | CLASS | null | | medium | read-only | Java class of callbacks for this node as a SASL client in Apache Kafka. Classes cannot be loaded here.
sasl.enabled.mechanisms | LIST | GSSAPI | list | medium | per-broker | SASL mechanisms that clients may use; also as listener.name.NAME.sasl.enabled.mechanisms.
sasl.jaas.config | PASSWORD | null | | medium | per-broker | Login module and its options in the form of a JAAS file, best given as listener.name.NAME.MECHANISM.sasl.jaas.config.
sasl.kerberos.kinit.cmd | STRING | /usr/bin/kinit | | medium | per-broker | Path of the kinit program.
sasl.kerberos.min.time.before.relogin | LONG | 60000 | | medium | per-broker | Least time between two Kerberos logins.
sasl.kerberos.principal.to.local.rules | LIST | DEFAULT | list | medium | per-broker | Rules that shorten Kerberos principals to user names; the first that matches counts.
sasl.kerberos.service.name | STRING | null | | medium | per-broker | Kerberos principal that brokers run as.
sasl.kerberos.ticket.renew.jitter | DOUBLE | 0.05 | | medium | per-broker | Share of chance added to the time of a ticket's renewal.
sasl.kerberos.ticket.renew.window.factor | DOUBLE | 0.8 | | medium | per-broker | At which share of a ticket's life it is renewed.
sasl.login.callback.handler.class | CLASS | null | | medium | read-only | Java class of callbacks for the login in Apache Kafka. Classes cannot be loaded here.
sasl.login.class | CLASS | null | | medium | read-only | Java class of the login in Apache Kafka. Classes cannot be loaded here.
sasl.login.connect.timeout.ms | INT | null | | low | read-only | Time limit for connecting to the provider of OAuth tokens.
sasl.login.read.timeout.ms | INT | null | | low | read-only | Time limit for reading from the provider of OAuth tokens.
sasl.login.refresh.buffer.seconds | SHORT | 300 | | medium | per-broker | A credential is refreshed at least this long before it expires.
sasl.login.refresh.min.period.seconds | SHORT | 60 | | medium | per-broker | Least time between two refreshes of a credential.
sasl.login.refresh.window.factor | DOUBLE | 0.8 | | medium | per-broker | At which share of a credential's life it is refreshed.
sasl.login.refresh.window.jitter | DOUBLE | 0.05 | | medium | per-broker | Share of chance added to that time.
sasl.login.retry.backoff.max.ms | LONG | 10000 | | low | read-only | Upper bound of the pause between tries to reach the provider of OAuth tokens.
sasl.login.retry.backoff.ms | LONG | 100 | | low | read-only | First pause between such tries; it doubles each time.
sasl.mechanism.controller.protocol | STRING | GSSAPI | | high | read-only | SASL mechanism towards the controllers.
sasl.mechanism.inter.broker.protocol | STRING | GSSAPI | | medium | per-broker | SASL mechanism between brokers.
sasl.oauthbearer.assertion.algorithm | STRING | RS256 | (case insensitive) [ES256, RS256] | medium | read-only | Signature algorithm of the assertion that stands for a client at the OAuth provider.
sasl.oauthbearer.assertion.claim.aud | STRING | null | | medium | read-only | The aud claim of that assertion.
sasl.oauthbearer.assertion.claim.exp.seconds | INT | 300 | [0,...,86400] | low | read-only | How long that assertion is good.
sasl.oauthbearer.assertion.claim.iss | STRING | null | | medium | read-only | The iss claim of that assertion.
sasl.oauthbearer.assertion.claim.jti.include | BOOLEAN | false | | medium | read-only | Whether each assertion gets a jti claim of its own.
sasl.oauthbearer.assertion.claim.nbf.seconds | INT | 60 | [0,...,3600] | low | read-only | How far in the past the nbf claim is set.
sasl.oauthbearer.assertion.claim.sub | STRING | null | | medium | read-only | The sub claim of that assertion.
sasl.oauthbearer.assertion.file | STRING | null | | medium | read-only | A file with a finished assertion, instead of making one.
sasl.oauthbearer.assertion.private.key.file | STRING | null | | medium | read-only | File of the private key that assertions are signed with.
sasl.oauthbearer.assertion.private.key.passphrase | PASSWORD | null | | medium | read-only | Passphrase of that key.
sasl.oauthbearer.assertion.template.file | STRING | null | | medium | read-only | A JSON file with header and claims to start assertions from.
sasl.oauthbearer.client.credentials.client.id | STRING | null | | medium | read-only | Client id for the OAuth client credentials grant.
sasl.oauthbearer.client.credentials.client.secret | PASSWORD | null | | medium | read-only | Secret that belongs to that client id.
sasl.oauthbearer.clock.skew.seconds | INT | 30 | | low | read-only | By how much the provider's clock may differ when a token's times are checked.
sasl.oauthbearer.expected.audience | LIST | | list | high | read-only | Audiences of which a token must name one.
sasl.oauthbearer.expected.issuer | STRING | null | | high | read-only | Issuer that a token must come from.
sasl.oauthbearer.jwks.endpoint.refresh.ms | LONG | 3600000 | | low | read-only | How often the provider's public keys are fetched anew.
sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms | LONG | 10000 | | low | read-only | Upper bound of the pause between tries to fetch them.
sasl.oauthbearer.jwks.endpoint.retry.backoff.ms | LONG | 100 | | low | read-only | First pause between such tries; it doubles each time.
sasl.oauthbearer.jwks.endpoint.url | STRING | null | | medium | read-only | Address of the provider's public keys, an http, https or file URL.
sasl.oauthbearer.jwt.retriever.class | CLASS | org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever | | medium | read-only | Java class that fetches tokens in Apache Kafka. Classes cannot be loaded here.
sasl.oauthbearer.jwt.validator.class | CLASS | org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator | | medium | read-only | Java class that checks tokens in Apache Kafka. Classes cannot be loaded here: the check is built in.
sasl.oauthbearer.scope | STRING | null | | medium | read-only | Scope that is asked for with a token.
sasl.oauthbearer.scope.claim.name | STRING | scope | | low | read-only | Claim of a token that holds the scope.
sasl.oauthbearer.sub.claim.name | STRING | sub | | low | read-only | Claim of a token that holds the principal.
sasl.oauthbearer.token.endpoint.url | STRING | null | | medium | read-only | Address that issues tokens.
sasl.server.callback.handler.class | CLASS | null | | medium | read-only | Java class of callbacks for the server's side of a SASL mechanism in Apache Kafka. Classes cannot be loaded here.
sasl.server.max.receive.size | INT | 524288 | | medium | read-only | Largest message that is taken during SASL authentication.
security.inter.broker.protocol | STRING | PLAINTEXT | [PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL] | medium | read-only | Security protocol between brokers, where inter.broker.listener.name is not set.
security.providers | STRING | null | | low | read-only | Java security providers in Apache Kafka. Classes cannot be loaded here.
ssl.allow.dn.changes | BOOLEAN | false | | low | read-only | Whether a changed certificate may have another distinguished name.
ssl.allow.san.changes | BOOLEAN | false | | low | read-only | Whether a changed certificate may lack alternative names that the old one had.
ssl.cipher.suites | LIST | | list | medium | per-broker | Cipher suites that may be negotiated; empty means the default set.
ssl.client.auth | STRING | none | [required, requested, none] | medium | per-broker | Whether clients must show a certificate (required), may (requested), or are not asked (none).
ssl.enabled.protocols | LIST | TLSv1.2,TLSv1.3 | list | medium | per-broker | TLS versions that may be negotiated.
ssl.endpoint.identification.algorithm | STRING | https | | low | per-broker | How the name in a server's certificate is checked by this node as a client; empty switches the check off.
ssl.engine.factory.class | CLASS | null | | low | per-broker | Java class that makes TLS engines in Apache Kafka. Classes cannot be loaded here.
ssl.key.password | PASSWORD | null | | medium | per-broker | Password of the private key.
ssl.keymanager.algorithm | STRING | SunX509 | | medium | per-broker | Key manager algorithm of the Java platform.
ssl.keystore.certificate.chain | PASSWORD | null | | medium | per-broker | Certificate chain in PEM form, where ssl.keystore.type is PEM.
ssl.keystore.key | PASSWORD | null | | medium | per-broker | Private key in PEM form, where ssl.keystore.type is PEM.
ssl.keystore.location | STRING | null | | medium | per-broker | File of the key store.
ssl.keystore.password | PASSWORD | null | | medium | per-broker | Password of the key store.
ssl.keystore.type | STRING | JKS | | medium | per-broker | Form of the key store: PEM or PKCS12. JKS is the Java platform's own and cannot be read here.
ssl.principal.mapping.rules | STRING | DEFAULT | | low | read-only | Rules that turn a certificate's distinguished name into a user name; the first that matches counts.
ssl.protocol | STRING | TLSv1.3 | | medium | per-broker | TLS version that a context is made with.
ssl.provider | STRING | null | | medium | per-broker | Security provider of the Java platform.
ssl.secure.random.implementation | STRING | null | | low | per-broker | Random source of the Java platform.
ssl.trustmanager.algorithm | STRING | PKIX | | medium | per-broker | Trust manager algorithm of the Java platform.
ssl.truststore.certificates | PASSWORD | null | | medium | per-broker | Trusted certificates in PEM form, where ssl.truststore.type is PEM.
ssl.truststore.location | STRING | null | | medium | per-broker | File of the trust store.
ssl.truststore.password | PASSWORD | null | | medium | per-broker | Password of the trust store.
ssl.truststore.type | STRING | JKS | | medium | per-broker | Form of the trust store: PEM or PKCS12. JKS is the Java platform's own and cannot be read here.
`;
