using System.Text;

namespace Splitrail.RankingSvc.Onnx;

/// <summary>
/// No spinning, operators one after another, and one thread per run unless more are asked for: requests are the parallelism, and a second thread would
/// take a core from another request for a network this small.
/// </summary>
internal static unsafe class OnnxSessionOptions
{
    private const int Sequential = 0;
    private const int AllOptimisations = 99;

    /// <summary>A handle to be released by the caller.</summary>
    public static nint Create(OnnxRuntime runtime, int threads, string affinity)
    {
        const string doing = "set up a session";
        var api = runtime.Api;
        nint options;
        runtime.Check(api.CreateSessionOptions(&options), doing);
        try
        {
            runtime.Check(api.SetSessionExecutionMode(options, Sequential), doing);
            runtime.Check(api.SetIntraOpNumThreads(options, threads), doing);
            runtime.Check(api.SetInterOpNumThreads(options, 1), doing);
            runtime.Check(api.SetSessionGraphOptimizationLevel(options, AllOptimisations), doing);
            // A memory plan is kept for every batch size ever seen; sizes vary freely here.
            runtime.Check(api.DisableMemPattern(options), doing);
            Set(runtime, options, "session.intra_op.allow_spinning", "0");
            if (affinity.Length > 0)
                Set(runtime, options, "session.intra_op_thread_affinities", affinity);
            return options;
        }
        catch
        {
            api.ReleaseSessionOptions(options);
            throw;
        }
    }

    /// <summary>Nothing set. A handle to be released by the caller.</summary>
    public static nint CreateDefault(OnnxRuntime runtime)
    {
        nint options;
        runtime.Check(runtime.Api.CreateSessionOptions(&options), "set up a session");
        return options;
    }

    private static void Set(OnnxRuntime runtime, nint options, string name, string text)
    {
        fixed (byte* key = Encoding.UTF8.GetBytes(name + '\0'), value = Encoding.UTF8.GetBytes(text + '\0'))
            runtime.Check(runtime.Api.AddSessionConfigEntry(options, key, value), $"set {name} to '{text}'");
    }
}
