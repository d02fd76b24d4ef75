namespace Splitrail.Trainer.Terminal;

/// <summary>Plain lines for logs and pipes: one at the beginning and one at the end of a step, and between them one every few seconds.</summary>
internal sealed class LineWorkLog(TextWriter output, TimeProvider time) : IWorkLog
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public IWorkStep Step(string title)
    {
        output.WriteLine($"{title} …");
        return new LineStep(title, output, time);
    }

    private sealed class LineStep(string title, TextWriter output, TimeProvider time) : IWorkStep
    {
        private long _lastLine = time.GetTimestamp();

        public void Report(double fraction) => Say($"{(int)(fraction * 100)} %");

        public void Say(string line)
        {
            if (time.GetElapsedTime(_lastLine) < Pause) return;
            _lastLine = time.GetTimestamp();
            output.WriteLine($"{title}: {line}");
        }

        public void Dispose() => output.WriteLine($"{title}: done");
    }
}
