package dev.striate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.striate.StriateException.Kind;
import dev.striate.graph.Layer;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.StateDict;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// A failure says where its cause lies, so that a server can tell a bad request from a missing file.
class StriateExceptionTest {
    @Test
    void aNameThatNothingHasIsABadInput() {
        thenKind(Kind.INPUT, () -> Zoo.network("resnet19"));
    }

    @Test
    void aMissingFileIsAFile() {
        thenKind(Kind.FILE, () -> SafeTensors.read(Path.of("absent.safetensors")));
    }

    @Test
    void anImpossibleNetworkAndWeightsThatDoNotFitAreANetwork() {
        thenKind(Kind.NETWORK, () -> Layer.input(3, 2, 2).conv(8, 5).network("narrow"));
        thenKind(Kind.NETWORK,
                () -> new StateDict(new LinkedHashMap<>()).match(Zoo.network("lenet5")).whole());
    }

    @Test
    void aWrappedFailureKeepsItsKind() {
        var inner = StriateException.machine("Too little memory.");
        assertThat(new StriateException("The run: Too little memory.", inner).kind()).isEqualTo(Kind.MACHINE);
        assertThat(new StriateException("It cannot be read.", new IOException()).kind()).isEqualTo(Kind.FILE);
        assertThat(new StriateException("It is no number.", new NumberFormatException()).kind())
                .isEqualTo(Kind.INPUT);
    }

    @Test
    void aClaimOfAnyLengthIsCutInTheMiddle() {
        var message = new StriateException("It begins " + "x".repeat(5000) + " and ends.").getMessage();
        assertThat(message).hasSizeLessThan(1010).startsWith("It begins x").contains(" … ").endsWith(" and ends.");
    }

    private static void thenKind(Kind kind, ThrowingCallable action) {
        assertThat(catchThrowableOfType(StriateException.class, action).kind()).isEqualTo(kind);
    }
}
