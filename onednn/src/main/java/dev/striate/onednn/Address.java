package dev.striate.onednn;

import org.bytedeco.javacpp.Pointer;

/// A native address that JavaCPP takes as a pointer; it owns nothing.
public final class Address extends Pointer {
    public Address(long address) {
        this.address = address;
    }

    /// Points elsewhere from now on.
    public void move(long address) {
        this.address = address;
    }
}
