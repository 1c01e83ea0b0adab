/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PBMAC1 (RFC 9481 6.1.2) as Bouncy Castle has it, which shares no line with
 * us. Runs from its source; the class path needs bcprov, bcutil and bcpkix.
 *
 *   Pbmac1.java check SECRET MESSAGE ...     who decodes, encodes and verifies
 *   Pbmac1.java refuse SECRET REQUEST        an error message in answer
 *   Pbmac1.java make SECRET PRF MAC LENGTH   a pkiConf, always the same
 *
 * Messages made are written to standard output.
 */
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIConfirmContent;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIHeader;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.cmp.GeneralPKIMessage;
import org.bouncycastle.cert.cmp.ProtectedPKIMessage;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.GenericKey;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcePBMac1CalculatorBuilder;

public class Pbmac1 {
    private static final BouncyCastleProvider PROVIDER =
        new BouncyCastleProvider();
    private static final int ITERATIONS = 1000;

    private static final Map<String, ASN1ObjectIdentifier> HMACS = Map.of(
        "sha256", PKCSObjectIdentifiers.id_hmacWithSHA256,
        "sha384", PKCSObjectIdentifiers.id_hmacWithSHA384,
        "sha512", PKCSObjectIdentifiers.id_hmacWithSHA512);

    private static byte[] counted(int n, int first) {
        byte[] b = new byte[n];

        for (int i = 0; i < n; i++) {
            b[i] = (byte) (first + i);
        }
        return b;
    }

    private static AlgorithmIdentifier hmac(String hash) {
        return new AlgorithmIdentifier(HMACS.get(hash), DERNull.INSTANCE);
    }

    private static PBMAC1Params parameters(String prf, String mac,
                                           int length) {
        PBKDF2Params kdf = new PBKDF2Params(counted(16, 0x10), ITERATIONS,
                                            length, hmac(prf));

        return new PBMAC1Params(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBKDF2, kdf),
            hmac(mac));
    }

    /* Bouncy Castle 1.72 names PBES2 where it uses PBKDF2; this does not. */
    private record Calculator(MacCalculator mac, PBMAC1Params parameters)
        implements MacCalculator {
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBMAC1,
                                           parameters);
        }
        public OutputStream getOutputStream() { return mac.getOutputStream(); }
        public byte[] getMac() { return mac.getMac(); }
        public GenericKey getKey() { return mac.getKey(); }
    }

    /* It also has to be told of the PRF that stands in the parameters. */
    private static MacCalculator original(PBMAC1Params p, char[] secret)
        throws OperatorCreationException {
        AlgorithmIdentifier kdf = p.getKeyDerivationFunc();

        return new JcePBMac1CalculatorBuilder(p)
            .setProvider(PROVIDER)
            .setPrf(PBKDF2Params.getInstance(kdf.getParameters()).getPrf())
            .build(secret);
    }

    private static MacCalculator calculator(PBMAC1Params p, char[] secret)
        throws OperatorCreationException {
        return new Calculator(original(p, secret), p);
    }

    private static GeneralName name(String text) {
        return new GeneralName(new X500Name(text));
    }

    private static ProtectedPKIMessageBuilder builder() {
        return new ProtectedPKIMessageBuilder(name("CN=Bouncy Castle"),
                                              name("CN=device"));
    }

    private static void write(ProtectedPKIMessage message) throws IOException {
        System.out.write(message.toASN1Structure().getEncoded("DER"));
        System.out.flush();
    }

    private static void make(String secret, String prf, String mac,
                             String length) throws Exception {
        write(builder()
                  .setTransactionID(counted(16, 0x20))
                  .setSenderNonce(counted(16, 0x30))
                  .setRecipNonce(counted(16, 0x40))
                  .setSenderKID("4711".getBytes())
                  .setBody(new PKIBody(PKIBody.TYPE_CONFIRM,
                                       new PKIConfirmContent()))
                  .build(calculator(
                      parameters(prf, mac, Integer.parseInt(length)),
                      secret.toCharArray())));
    }

    private static void refuse(String secret, String file) throws Exception {
        PKIHeader h = new GeneralPKIMessage(Files.readAllBytes(Path.of(file)))
                          .getHeader();
        PKIStatusInfo status = new PKIStatusInfo(
            PKIStatus.rejection,
            new PKIFreeText(new DERUTF8String("Bouncy Castle says no")),
            new PKIFailureInfo(PKIFailureInfo.badRequest));

        write(builder()
                  .setTransactionID(h.getTransactionID().getOctets())
                  .setSenderNonce(counted(16, 0x50))
                  .setRecipNonce(h.getSenderNonce().getOctets())
                  .setSenderKID(h.getSenderKID().getOctets())
                  .setBody(new PKIBody(PKIBody.TYPE_ERROR,
                                       new ErrorMsgContent(status)))
                  .build(original(parameters("sha512", "sha384", 48),
                                  secret.toCharArray())));
    }

    private static void check(String secret, String file) throws Exception {
        byte[] der = Files.readAllBytes(Path.of(file));
        ProtectedPKIMessage message =
            new ProtectedPKIMessage(new GeneralPKIMessage(der));
        AlgorithmIdentifier alg = message.getHeader().getProtectionAlg();
        PBMAC1Params p = PBMAC1Params.getInstance(alg.getParameters());

        if (!alg.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1) ||
            !p.getKeyDerivationFunc().getAlgorithm().equals(
                PKCSObjectIdentifiers.id_PBKDF2)) {
            throw new Exception(file + ": not PBMAC1 with PBKDF2");
        }
        if (!Arrays.equals(der, message.toASN1Structure().getEncoded("DER"))) {
            throw new Exception(file + ": not DER");
        }
        if (!message.verify((a, secretOf) -> calculator(p, secretOf),
                            secret.toCharArray())) {
            throw new Exception(file + ": the MAC is wrong");
        }
        System.out.println(file + ": good");
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("make")) {
            make(args[1], args[2], args[3], args[4]);
        } else if (args[0].equals("refuse")) {
            refuse(args[1], args[2]);
        } else {
            for (String file : Arrays.copyOfRange(args, 2, args.length)) {
                check(args[1], file);
            }
        }
    }
}
