using System.Runtime.InteropServices;

namespace Calf.Media;

/// <summary>Makes sure that the name of a file outlives a power cut, not its bytes alone. .NET opens no folders.</summary>
internal static partial class FolderFlush
{
    private const int InputOutputError = 5; // EIO, the same on Linux and macOS

    /// <exception cref="IOException">The disk failed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        // What a file system cannot do for folders it says in other numbers.
        var failed = Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() == InputOutputError;
        _ = Close(descriptor);
        if (failed) throw new IOException($"The folder {folder} could not be written to the disk.");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
