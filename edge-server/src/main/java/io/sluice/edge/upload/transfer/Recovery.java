package io.sluice.edge.upload.transfer;

import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.ResumableFile;
import io.sluice.edge.spool.ResumableSpool;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the true offset of each unfinished upload after a start, before the first request: as many
 * bytes as its file has, if the machine has run since they were written; otherwise as many as were
 * committed, since what a power cut left behind them may be anything. Bytes that should have proven
 * themselves by a checksum don't count.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int PAGE = 1000;

    private final ResumableSpool spool;
    private final DiskStore store;
    private final Ledger ledger;
    private final Room room;

    Recovery(ResumableSpool spool, DiskStore store, Ledger ledger, Room room) {
        this.spool = spool;
        this.store = store;
        this.ledger = ledger;
        this.room = room;
    }

    /**
     * Looks at all of them. Blocks.
     *
     * @return those that have all their bytes and only have to be completed
     */
    List<UploadId> run() throws IOException {
        List<UploadId> full = new ArrayList<>();
        int count = 0;
        String last = "";
        while (true) {
            String behind = last;
            List<Transfer> page = ledger.read(jdbc -> TransferRows.unfinished(jdbc, behind, PAGE));
            if (page.isEmpty()) {
                break;
            }
            count += page.size();
            last = page.getLast().id().toString();
            recover(page).stream()
                    .filter(Recovery::isToComplete)
                    .map(Transfer::id)
                    .forEach(full::add);
        }
        if (count > 0) {
            log.info("{} unfinished uploads can be resumed, {} are whole", count, full.size());
        }
        return full;
    }

    private static boolean isToComplete(Transfer transfer) {
        return transfer.role() == Role.FINAL
                || (transfer.role() == Role.WHOLE && transfer.isFull());
    }

    private List<Transfer> recover(List<Transfer> page) throws IOException {
        List<Transfer> all = new ArrayList<>();
        List<Transfer> changed = new ArrayList<>();
        for (Transfer known : page) {
            Transfer now = known.with(offset(known), known.length(), known.expires());
            all.add(now);
            room.promiseAgain(now.id(), now.missing());
            if (now.offset() != known.offset() || !isThisBoot(known)) {
                changed.add(now);
            }
        }
        if (!changed.isEmpty()) {
            ledger.compared(changed);
        }
        for (Transfer each : page) {
            spool.endProof(each.id());
        }
        return all;
    }

    private boolean isThisBoot(Transfer transfer) {
        return transfer.boot().equals(ledger.boot().id());
    }

    private long offset(Transfer known) throws IOException {
        if (known.role() == Role.FINAL) {
            return 0;
        }
        long there = spool.length(known.id());
        if (there < 0 && store.takeBack(known.id(), spool)) {
            // Published, but never committed: it was forced to the disk before it was renamed.
            return spool.length(known.id());
        }
        boolean isLost = there < known.offset();
        if (isLost || !isThisBoot(known) || spool.isUnproven(known.id())) {
            // Who asks for one that is lost is told so.
            return known.offset();
        }
        if (there > known.offset()) {
            try (ResumableFile file = spool.open(known.id(), there, null)) {
                spool.force(file);
            }
        }
        return there;
    }
}
