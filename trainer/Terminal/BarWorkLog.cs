using Spectre.Console;

namespace Splitrail.Trainer.Terminal;

/// <summary>One progress bar a step, for terminals.</summary>
internal sealed class BarWorkLog(ProgressContext progress) : IWorkLog
{
    public IWorkStep Step(string title) => new BarStep(title, progress.AddTask(Markup.Escape(title), maxValue: 1));

    private sealed class BarStep(string title, ProgressTask task) : IWorkStep
    {
        public void Report(double fraction) => task.Value = fraction;

        public void Say(string line) => task.Description = Markup.Escape($"{title}: {line}");

        public void Dispose()
        {
            task.Value = 1;
            task.StopTask();
        }
    }
}
