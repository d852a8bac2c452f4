package io.sluice.edge.upload;

import io.sluice.edge.database.Command;
import io.sluice.edge.quota.Quotas;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The commit that acknowledges all files of one request, or none of them. A repeated request finds
 * all of its earlier uploads; one that finds only some is not the same request.
 */
record AcceptanceOfAll(List<Acceptance> files, Quotas quotas) implements Command<List<Receipt>> {

    @Override
    public List<Receipt> run(JdbcClient jdbc) {
        List<Receipt> receipts = new ArrayList<>();
        long bytes = 0;
        int added = 0;
        for (Acceptance file : files) {
            Receipt receipt = file.run(jdbc);
            receipts.add(receipt);
            if (receipt.isNew()) {
                added++;
                bytes += receipt.upload().size();
            }
        }
        if (added != 0 && added != files.size()) {
            throw new UploadRefused(
                    UploadRefused.Reason.IDEMPOTENCY_CONFLICT,
                    "the Idempotency-Key was used before, for a form with other files");
        }
        quotas.accepted(jdbc, files.getFirst().request().tenant(), bytes, added);
        return List.copyOf(receipts);
    }
}
