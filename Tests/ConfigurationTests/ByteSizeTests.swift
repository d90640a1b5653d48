import Configuration
import Testing

@Suite struct ByteSizeTests {
    @Test(arguments: [
        ("0", 0), ("512", 512), ("512B", 512), ("1kB", 1024), ("20MB", 20 << 20), ("20 MB", 20 << 20), ("1GB", 1 << 30),
        ("1.5GB", 3 << 29), ("2TB", 2 << 40),
    ])
    func reads(text: String, bytes: Int) {
        #expect(ByteSize(text)?.bytes == bytes)
    }

    @Test(arguments: [
        "", "MB", "-1MB", "1mb", "1KB", "1 M B", "1.", ".5GB", "1.2.3GB", "9999999999TB", "99999999999999999999",
    ])
    func refuses(text: String) {
        #expect(ByteSize(text) == nil)
    }

    @Test(arguments: [
        (0, "0B"), (1000, "1000B"), (1024, "1kB"), (20 << 20, "20MB"), (5 << 30, "5GB"), (3 << 29, "1536MB"),
    ])
    func prints(bytes: Int, text: String) {
        #expect(ByteSize(bytes).description == text)
    }
}
