package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import dev.striate.text.Listing;
import dev.striate.weights.Pickled.Storage;
import dev.striate.weights.Pickled.View;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Reads what `torch.save` writes, as a zip archive (since PyTorch 1.6) or as pickles one behind the other (before),
/// and executes none of it.
final class TorchFile {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final int BLOCK = 1 << 20;

    /// The wrappings in which trainers keep a state dict, tried in this order.
    private static final List<String> WRAPPERS = List.of("state_dict", "model", "model_state_dict", "net");

    private TorchFile() {}

    /// The tensors of the file's state dict, by name.
    static LinkedHashMap<String, TensorData> read(Path file) {
        try {
            var mapped = MappedFile.read(file);
            return isZip(mapped) ? readZip(file, mapped.byteSize()) : readLegacy(mapped);
        } catch (StriateException e) {
            if (e.getMessage().startsWith(file.toString())) throw e;
            throw StriateException.file(file + " is refused: " + e.getMessage(), e);
        } catch (IOException e) {
            throw StriateException.file(file + " could not be read: " + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }

    static boolean isZip(MemorySegment bytes) {
        return new PickleBytes(bytes).startsWith('P', 'K', 3, 4);
    }

    /// Whether the bytes start as a pickle of protocol 2 to 4; a safetensors file may, but has `{` at byte 8.
    static boolean isPickle(MemorySegment bytes) {
        var start = new PickleBytes(bytes);
        if (!start.startsWith(0x80, 2) && !start.startsWith(0x80, 3) && !start.startsWith(0x80, 4)) return false;
        return bytes.byteSize() < 9 || bytes.get(ValueLayout.JAVA_BYTE, 8) != '{';
    }

    private static LinkedHashMap<String, TensorData> readZip(Path file, long length) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            var archive = archive(zip);
            checkByteOrder(zip, archive, length);
            var names = new TorchNames();
            var pickle = bytes(zip, archive + "data.pkl", length);
            var root = Unpickler.load(new PickleBytes(pickle), names);
            var storages = new HashMap<String, MemorySegment>();
            var left = length;
            for (var storage : names.storages().values()) {
                var bytes = bytes(zip, archive + "data/" + storage.key(), left);
                left -= bytes.byteSize();
                checkLength(storage, bytes);
                storages.put(storage.key(), bytes);
            }
            return tensors(stateDict(root), storages, length);
        }
    }

    /// The folder that all entries of an archive lie in, with its slash.
    private static String archive(ZipFile zip) {
        var folder = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith("data.pkl") && name.indexOf('/') == name.length() - "/data.pkl".length())
                .map(name -> name.substring(0, name.length() - "data.pkl".length()))
                .findFirst();
        if (folder.isEmpty()) throw StriateException.file("it is a zip archive, but holds no data.pkl of PyTorch's.");
        if (zip.getEntry(folder.get() + "constants.pkl") != null) {
            throw StriateException.file("it is a TorchScript program; save its state_dict() instead.");
        }
        return folder.get();
    }

    private static void checkByteOrder(ZipFile zip, String archive, long length) throws IOException {
        if (zip.getEntry(archive + "byteorder") == null) return;
        var order = new PickleBytes(bytes(zip, archive + "byteorder", length));
        if (!order.startsWith('l', 'i', 't', 't', 'l', 'e')) {
            throw StriateException.file("its numbers are big-endian; only little-endian ones are read.");
        }
    }

    /// The bytes of an entry, which PyTorch never compresses: so an entry cannot be larger than the file.
    private static MemorySegment bytes(ZipFile zip, String name, long most) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) throw StriateException.file("it lacks the entry '" + name + "'.");
        var size = entry.getSize();
        if (entry.getMethod() != ZipEntry.STORED || size != entry.getCompressedSize()) {
            throw StriateException.file("its entry '" + name + "' is compressed, as PyTorch's never are.");
        }
        if (size > most) {
            throw StriateException.file("its entry '" + name + "' claims " + size + " bytes, and the file has " + most
                    + " left for it.");
        }
        var bytes = Arena.ofAuto().allocate(size, Long.BYTES);
        try (var in = zip.getInputStream(entry)) {
            for (var at = 0L; at < size;) {
                var block = in.readNBytes((int) Math.min(BLOCK, size - at));
                if (block.length == 0) throw StriateException.file("its entry '" + name + "' is cut off.");
                MemorySegment.copy(MemorySegment.ofArray(block), 0, bytes, at, block.length);
                at += block.length;
            }
        }
        return bytes;
    }

    private static LinkedHashMap<String, TensorData> readLegacy(MemorySegment mapped) {
        var in = new PickleBytes(mapped);
        if (!isPickle(mapped) || !MAGIC.equals(Unpickler.load(in, new TorchNames()))) {
            throw StriateException.file("it does not start as a file of PyTorch's does.");
        }
        if (!Long.valueOf(PROTOCOL).equals(Unpickler.load(in, new TorchNames()))) {
            throw StriateException.file("it is of another protocol than " + PROTOCOL + ".");
        }
        if (!(Unpickler.load(in, new TorchNames()) instanceof Map<?, ?> system)
                || !Boolean.TRUE.equals(system.get("little_endian"))) {
            throw StriateException.file("its numbers are not little-endian.");
        }
        var names = new TorchNames();
        var root = Unpickler.load(in, names);
        var storages = legacyStorages(in, names);
        return tensors(stateDict(root), storages, mapped.byteSize());
    }

    private static Map<String, MemorySegment> legacyStorages(PickleBytes in, TorchNames names) {
        if (!(Unpickler.load(in, new TorchNames()) instanceof List<?> keys)) {
            throw StriateException.file("it lacks the list of its storages.");
        }
        var storages = new HashMap<String, MemorySegment>();
        for (var key : keys) {
            var storage = key instanceof String text ? names.storages().get(text) : null;
            if (storage == null) throw StriateException.file("it stores values that no tensor uses.");
            var elements = in.number(Long.BYTES);
            if (elements != storage.whole()) {
                throw StriateException.file("its storage '" + key + "' expects " + storage.whole()
                        + " values; received " + elements + ".");
            }
            storages.put(storage.key(), in.slice(Math.multiplyExact(elements, storage.type().bytes())));
        }
        return storages;
    }

    private static void checkLength(Storage storage, MemorySegment bytes) {
        if (bytes.byteSize() / storage.type().bytes() != storage.whole()
                || bytes.byteSize() % storage.type().bytes() != 0) {
            throw StriateException.file("its storage '" + storage.key() + "' expects " + storage.whole() + " values of "
                    + storage.type() + "; received " + bytes.byteSize() + " bytes.");
        }
    }

    private static Map<?, ?> stateDict(Object root) {
        if (!(root instanceof Map<?, ?> map)) throw StriateException.file("it holds no dictionary of tensors.");
        if (map.values().stream().anyMatch(View.class::isInstance)) return map;
        for (var wrapper : WRAPPERS) if (map.get(wrapper) instanceof Map<?, ?> inner) return inner;
        throw StriateException.file("it holds no tensors, and no dictionary of them under " + WRAPPERS + ", but "
                + Listing.some(map.keySet(), 8) + ".");
    }

    private static LinkedHashMap<String, TensorData> tensors(Map<?, ?> stateDict, Map<String, MemorySegment> storages,
            long fileBytes) {
        var budget = new Pickled.Budget(4 * fileBytes + BLOCK);
        var tensors = new LinkedHashMap<String, TensorData>();
        stateDict.forEach((name, value) -> {
            if (!(value instanceof View view)) return;
            var storage = storages.get(view.storage().key());
            try {
                if (storage == null) throw StriateException.file("its storage is missing.");
                tensors.put(name.toString(), view.read(storage, budget));
            } catch (StriateException e) {
                throw StriateException
                        .file("the tensor '" + Listing.shortened(name.toString()) + "': " + e.getMessage(), e);
            }
        });
        return tensors;
    }
}
