package io.sluice.processor.scan;

import io.sluice.model.ByteSize;
import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.original.Original;
import java.io.IOException;

/**
 * Scans with clamd: by path where both may see the store, else by sending the bytes. Its OK counts
 * only with the proof that it scans files of that length; trouble with it is never clean.
 */
final class ClamdScanner implements Scanner {
    private final ClamdClient clamd;
    private final boolean sharesPaths;
    private final ByteSize maxFileSize;
    private final LengthProof proof;

    ClamdScanner(ClamdClient clamd, boolean sharesPaths, ByteSize maxFileSize, LengthProof proof) {
        this.clamd = clamd;
        this.sharesPaths = sharesPaths;
        this.maxFileSize = maxFileSize;
        this.proof = proof;
    }

    @Override
    public ScanResult scan(Original original, Lease lease) throws IOException {
        // Outside of the try: an original that can't be read is not clamd's fault.
        original.head(1);
        String engine;
        try {
            engine = clamd.version(lease);
        } catch (LeaseOver e) {
            throw e;
        } catch (IOException e) {
            return new ScanResult.Unavailable("clamd: " + e.getMessage());
        }
        if (original.size() > maxFileSize.bytes()) {
            return new ScanResult.Unscannable(
                    engine,
                    "larger than sluice.scan.clamd.max-file-size = %s".formatted(maxFileSize));
        }
        try {
            return result(engine, reply(original, lease), original, lease);
        } catch (LeaseOver e) {
            throw e;
        } catch (IOException e) {
            return new ScanResult.Failed("clamd: " + e.getMessage());
        }
    }

    private ClamdReply reply(Original original, Lease lease) throws IOException {
        if (sharesPaths && original.path().isPresent()) {
            ClamdReply byPath = clamd.scanPath(original.path().get(), lease);
            if (!(byPath instanceof ClamdReply.NoAccess)) {
                return byPath;
            }
        }
        return clamd.scanStream(original::read, lease);
    }

    private ScanResult result(String engine, ClamdReply reply, Original original, Lease lease)
            throws IOException {
        return switch (reply) {
            case ClamdReply.Ok _ when proof.holds(original.size(), lease) ->
                    new ScanResult.Clean(engine);
            case ClamdReply.Ok _ ->
                    new ScanResult.Unscannable(
                            engine,
                            "clamd doesn't find the EICAR test file in %d bytes: raise its MaxFileSize, MaxScanSize and StreamMaxLength, and see that its database is loaded"
                                    .formatted(original.size()));
            case ClamdReply.Found(String signature) -> new ScanResult.Infected(engine, signature);
            case ClamdReply.Limited(String what) ->
                    new ScanResult.Unscannable(engine, "clamd's limit: " + what);
            case ClamdReply.NoAccess(String error) -> new ScanResult.Failed("clamd: " + error);
            case ClamdReply.Failed(String error) -> new ScanResult.Failed("clamd: " + error);
            case ClamdReply.Nonsense(String text) ->
                    new ScanResult.Failed("clamd's answer is not known: " + text);
        };
    }
}
