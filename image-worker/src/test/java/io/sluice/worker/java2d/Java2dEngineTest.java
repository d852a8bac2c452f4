package io.sluice.worker.java2d;

import io.sluice.worker.engine.ImageEngine;
import io.sluice.worker.engine.ImageEngineContract;
import io.sluice.worker.engine.OptionsContract;
import io.sluice.worker.engine.PixelLimit;

class Java2dEngineTest implements ImageEngineContract, OptionsContract {
    @Override
    public ImageEngine engine(PixelLimit limit) {
        return new Java2dEngine(limit);
    }
}
