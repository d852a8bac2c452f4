package io.sluice.processor.scan;

import io.sluice.processor.Lease;
import io.sluice.processor.original.Original;
import java.io.IOException;
import java.util.Optional;

/** The scanner that is always there: the EICAR test file, and digests of known malware. */
final class HashScanner implements Scanner {
    static final String ENGINE = "hash-list";

    private final HashSignatures signatures;

    HashScanner(HashSignatures signatures) {
        this.signatures = signatures;
    }

    @Override
    public ScanResult scan(Original original, Lease lease) throws IOException {
        if (Eicar.begins(original.head(Eicar.LENGTH))) {
            return new ScanResult.Infected(ENGINE, Eicar.SIGNATURE);
        }
        for (HashSignatures.DigestKind kind : HashSignatures.DigestKind.values()) {
            if (signatures.mayHave(kind, original.size())) {
                Optional<String> name =
                        signatures.find(kind, original.digest(kind.algorithm), original.size());
                if (name.isPresent()) {
                    return new ScanResult.Infected(ENGINE, name.get());
                }
            }
        }
        return new ScanResult.Clean(ENGINE);
    }
}
