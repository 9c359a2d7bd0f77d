package dev.striate.vision.train;

import dev.striate.json.Former;
import java.util.List;

/// A transfer as runs had it before some filters of a tensor could be taken over without the others.
record WholeTensors(String from, List<String> fresh, String frozen, double oldRate) implements Former<Transfer> {
    @Override
    public Transfer now() {
        return new Transfer(from, fresh, List.of(), frozen, oldRate);
    }
}
