using System.Runtime.InteropServices;

namespace Splitrail.RankingSvc.Onnx;

/// <summary>The native library with its one environment. It lives as long as the process: sessions of every host in it share it.</summary>
internal sealed unsafe class OnnxRuntime
{
    private const int LogWarnings = 2;
    private static readonly Lazy<OnnxRuntime> Loaded = new(() => new OnnxRuntime(LibraryPath));

    private OnnxRuntime(string path)
    {
        var library = Load(path);
        var apiBase = ((delegate* unmanaged<void**>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        LibraryVersion = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)apiBase[1])()) ?? "unknown";
        var table = ((delegate* unmanaged<uint, void**>)apiBase[0])(OrtApi.Version);
        if (table is null)
            throw new OnnxException($"ONNX Runtime {LibraryVersion} at {path} is too old: a version from 1.{OrtApi.Version} on is needed.");
        Api = new OrtApi(table);
        Environment = CreateEnvironment();
        Memory = CreateMemory();
    }

    /// <summary>The library of this process, loaded at the first use.</summary>
    /// <exception cref="OnnxException">It is missing or too old.</exception>
    public static OnnxRuntime Shared => Loaded.Value;

    public static string LibraryPath => Path.Combine(AppContext.BaseDirectory, "onnxruntime", FileName);

    public string LibraryVersion { get; }

    internal OrtApi Api { get; }

    internal nint Environment { get; }

    /// <summary>Says that tensors lie in ordinary memory.</summary>
    internal nint Memory { get; }

    private static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.1.dylib" : "libonnxruntime.so.1";

    /// <summary>Turns a status into an exception that carries the runtime's message, and frees it.</summary>
    internal void Check(nint status, string doing)
    {
        if (status != 0)
            Throw(status, doing);
    }

    internal string TakeString(byte* text, nint allocator)
    {
        var value = Marshal.PtrToStringUTF8((nint)text) ?? "";
        Check(Api.AllocatorFree(allocator, text), "free a string");
        return value;
    }

    internal nint DefaultAllocator()
    {
        nint allocator;
        Check(Api.GetAllocatorWithDefaultOptions(&allocator), "get the allocator");
        return allocator;
    }

    private static nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new OnnxException($"ONNX Runtime cannot be loaded from {path}, where building or publishing for this platform puts it: {e.Message}");
        }
    }

    private void Throw(nint status, string doing)
    {
        var message = Marshal.PtrToStringUTF8((nint)Api.GetErrorMessage(status));
        Api.ReleaseStatus(status);
        throw new OnnxException($"ONNX Runtime could not {doing}: {message}");
    }

    private nint CreateEnvironment()
    {
        nint environment;
        fixed (byte* name = "splitrail"u8)
            Check(Api.CreateEnv(LogWarnings, name, &environment), "create its environment");
        return environment;
    }

    private nint CreateMemory()
    {
        const int deviceAllocator = 0, defaultMemory = 0;
        nint memory;
        Check(Api.CreateCpuMemoryInfo(deviceAllocator, defaultMemory, &memory), "describe memory");
        return memory;
    }
}
