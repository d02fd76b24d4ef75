namespace Splitrail.RankingSvc.Onnx;

/// <summary>
/// One thread per run, no spinning, operators one after another: requests are the parallelism, and a second thread would take a core from
/// another request for a network this small.
/// </summary>
internal static unsafe class OnnxSessionOptions
{
    private const int Sequential = 0;
    private const int AllOptimisations = 99;

    /// <summary>A handle to be released by the caller.</summary>
    public static nint Create(OnnxRuntime runtime)
    {
        const string doing = "set up a session";
        var api = runtime.Api;
        nint options;
        runtime.Check(api.CreateSessionOptions(&options), doing);
        try
        {
            runtime.Check(api.SetSessionExecutionMode(options, Sequential), doing);
            runtime.Check(api.SetIntraOpNumThreads(options, 1), doing);
            runtime.Check(api.SetInterOpNumThreads(options, 1), doing);
            runtime.Check(api.SetSessionGraphOptimizationLevel(options, AllOptimisations), doing);
            // A memory plan is kept for every batch size ever seen; sizes vary freely here.
            runtime.Check(api.DisableMemPattern(options), doing);
            fixed (byte* key = "session.intra_op.allow_spinning"u8, value = "0"u8)
                runtime.Check(api.AddSessionConfigEntry(options, key, value), doing);
            return options;
        }
        catch
        {
            api.ReleaseSessionOptions(options);
            throw;
        }
    }
}
