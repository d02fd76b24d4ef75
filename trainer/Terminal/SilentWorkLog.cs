namespace Splitrail.Trainer.Terminal;

/// <summary>For callers that show nothing, such as tests.</summary>
public sealed class SilentWorkLog : IWorkLog
{
    public static SilentWorkLog Instance { get; } = new();

    public IWorkStep Step(string title) => new SilentStep();

    private sealed class SilentStep : IWorkStep
    {
        public void Report(double fraction)
        {
        }

        public void Dispose()
        {
        }
    }
}
