using Spectre.Console;

namespace Splitrail.Trainer.Terminal;

/// <summary>Chooses bars on a terminal and plain lines elsewhere.</summary>
public static class WorkLogs
{
    public static T Run<T>(Func<IWorkLog, T> work)
    {
        if (Console.IsErrorRedirected) return work(new LineWorkLog(Console.Error, TimeProvider.System));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new BarWorkLog(context)));
    }
}
