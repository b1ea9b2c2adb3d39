using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

using Microsoft.Win32.SafeHandles;

namespace Calf.Operations;

/// <summary>
/// Lets the published file be the only file: SQLite, libsodium and Skia lie in it as compressed resources (NativeLibraries.targets puts
/// them there) and are loaded at their first use. Without those resources, as in <c>dotnet run</c>, the packages' own are used.
/// </summary>
public static partial class NativeLibraries
{
    private const string ResourcePrefix = "native/";
    private const uint CloseOnExec = 1;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Loaded = [];
    private static readonly Dictionary<nint, string> Paths = [];
    private static readonly List<FileStream> KeptOpen = [];
    private static bool _prepared;

    /// <summary>Call before the first use of SQLite or NSec; later calls do nothing.</summary>
    public static void Prepare()
    {
        lock (Gate)
        {
            if (_prepared)
                return;
            _prepared = true;
        }
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(NSec.Cryptography.Key).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(SkiaSharp.SKCodec).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        lock (Gate)
        {
            if (Loaded.TryGetValue(name, out var handle))
                AddReference(handle);
            else
                Loaded[name] = handle = LoadEmbedded(name);
            return handle;
        }
    }

    /// <summary>
    /// Each asker needs a reference of its own: when several threads make the first call at once, each asks, and the runtime closes
    /// the library for all but one of them, which would unload it under the one.
    /// </summary>
    internal static void AddReference(nint handle)
    {
        lock (Paths)
        {
            // The loader finds what is loaded by its path, also where the file is gone.
            if (Paths.TryGetValue(handle, out var path))
                NativeLibrary.TryLoad(path, out _);
        }
    }

    private static bool TryLoad(string path, out nint handle)
    {
        if (!NativeLibrary.TryLoad(path, out handle))
            return false;
        lock (Paths)
            Paths[handle] = path;
        return true;
    }

    private static nint LoadEmbedded(string name)
    {
        using var packed = typeof(NativeLibraries).Assembly.GetManifestResourceStream($"{ResourcePrefix}{name}.br");
        if (packed is null)
            return 0;
        var handle = LoadFromMemory(name, packed);
        foreach (var parent in handle == 0 ? Folders() : [])
        {
            handle = LoadFromFolder(name, packed, parent);
            if (handle != 0)
                break;
        }
        return handle != 0 ? handle : throw new DllNotFoundException(
            $"The library {name} inside this file could not be loaded: memory files are refused here, and none of these folders "
            + $"lets a program be written and loaded: {string.Join(", ", Folders())}. Point TMPDIR at a folder that does.");
    }

    /// <summary>Loads a library without leaving a file behind. Linux only; zero where the kernel or its policy refuses.</summary>
    internal static nint LoadFromMemory(string name, Stream packed)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var descriptor = MemoryFile(name, CloseOnExec);
        if (descriptor.IsInvalid)
            return 0;
        var memory = new FileStream(descriptor, FileAccess.Write);
        Unpack(packed, memory);
        // Fails where /proc is not mounted.
        if (TryLoad($"/proc/self/fd/{descriptor.DangerousGetHandle()}", out var handle))
        {
            // The loader knows libraries by path: a number used again would bring this library in the place of the next.
            lock (KeptOpen)
                KeptOpen.Add(memory);
            return handle;
        }
        memory.Dispose();
        return 0;
    }

    /// <summary>
    /// Loads a library through a file below <paramref name="parent"/>; zero where that can't be. On Unix the file stands in a new
    /// folder of this user alone and is gone afterwards. Windows can't delete a loaded library: there it stays and serves again.
    /// </summary>
    internal static nint LoadFromFolder(string name, Stream packed, string parent)
    {
        if (!Directory.Exists(parent))
            return 0;
        try
        {
            if (OperatingSystem.IsWindows())
                return LoadKept(name, packed, parent);
            var folder = Path.Combine(parent, $"calf-{Guid.NewGuid():N}");
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var path = Path.Combine(folder, name);
            using (var file = File.Create(path))
                Unpack(packed, file);
            var loaded = TryLoad(path, out var handle);
            Directory.Delete(folder, recursive: true);
            return loaded ? handle : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static nint LoadKept(string name, Stream packed, string parent)
    {
        packed.Position = 0;
        var folder = Directory.CreateDirectory(Path.Combine(parent, "calf", Convert.ToHexStringLower(SHA256.HashData(packed)))).FullName;
        var path = Path.Combine(folder, name + ".dll");
        if (!File.Exists(path))
        {
            var partial = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            using (var file = File.Create(partial))
                Unpack(packed, file);
            File.Move(partial, path, overwrite: true);
        }
        return TryLoad(path, out var handle) ? handle : 0;
    }

    // On Windows the folder is reused, so it has to be one that other users can't write to. On Unix it is new each time.
    private static string[] Folders() => OperatingSystem.IsWindows()
        ? [Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)]
        : [Path.GetTempPath(), Environment.CurrentDirectory];

    private static void Unpack(Stream packed, Stream target)
    {
        packed.Position = 0;
        using var plain = new BrotliStream(packed, CompressionMode.Decompress, leaveOpen: true);
        plain.CopyTo(target);
        target.Flush();
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle MemoryFile(string name, uint flags);
}
