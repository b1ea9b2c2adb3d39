using System.IO.Compression;
using System.Runtime.InteropServices;

using Calf.Operations;

namespace Calf.Tests.Operations;

public sealed class NativeLibrariesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("calf-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_library_is_loaded_from_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory files are Linux's");
        AssertIsSqlite(NativeLibraries.LoadFromMemory("e_sqlite3", Native("e_sqlite3")));
    }

    [Fact]
    public void A_library_asked_for_twice_stays_when_one_asker_closes_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory files are Linux's");
        foreach (var handle in new[]
        {
            NativeLibraries.LoadFromMemory("e_sqlite3", Native("e_sqlite3")),
            NativeLibraries.LoadFromFolder("e_sqlite3", Native("e_sqlite3"), _folder.FullName),
        })
        {
            NativeLibraries.AddReference(handle);
            NativeLibraries.AddReference(handle);
            NativeLibrary.Free(handle);
            NativeLibrary.Free(handle);
            AssertIsSqlite(handle);
        }
    }

    [Fact]
    public void A_second_library_from_memory_is_not_taken_for_the_first()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory files are Linux's");
        AssertIsSqlite(NativeLibraries.LoadFromMemory("e_sqlite3", Native("e_sqlite3")));
        var sodium = NativeLibraries.LoadFromMemory("libsodium", Native("sodium"));
        Assert.True(NativeLibrary.TryGetExport(sodium, "sodium_init", out _));
        Assert.False(NativeLibrary.TryGetExport(sodium, "sqlite3_open_v2", out _));
    }

    [Fact]
    public void A_library_is_loaded_through_a_folder_and_leaves_nothing_there()
    {
        AssertIsSqlite(NativeLibraries.LoadFromFolder("e_sqlite3", Native("e_sqlite3"), _folder.FullName));
        if (!OperatingSystem.IsWindows())
            Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Bytes_that_are_no_library_are_refused()
    {
        var text = Packed([.. "not a library"u8]);
        Assert.Equal(0, NativeLibraries.LoadFromMemory("text", text));
        Assert.Equal(0, NativeLibraries.LoadFromFolder("text", text, _folder.FullName));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_passed_over()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        Assert.Equal(0, NativeLibraries.LoadFromFolder("e_sqlite3", Native("e_sqlite3"), file));
        var missing = Path.Combine(_folder.FullName, "missing");
        Assert.Equal(0, NativeLibraries.LoadFromFolder("e_sqlite3", Native("e_sqlite3"), missing));
        Assert.False(Directory.Exists(missing));
    }

    private static void AssertIsSqlite(nint handle)
    {
        Assert.NotEqual(0, handle);
        Assert.True(NativeLibrary.TryGetExport(handle, "sqlite3_open_v2", out _));
        Assert.False(NativeLibrary.TryGetExport(handle, "sodium_init", out _));
    }

    // The package's own library, as the build laid it beside the tests.
    private static MemoryStream Native(string name)
    {
        var (system, file) = OperatingSystem.IsWindows() ? ("win", $"{name}.dll")
            : OperatingSystem.IsMacOS() ? ("osx", $"lib{name}.dylib")
            : ("linux", $"lib{name}.so");
        var rid = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        return Packed(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native", file)));
    }

    private static MemoryStream Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(bytes);
        return packed;
    }
}
