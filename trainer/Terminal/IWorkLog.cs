namespace Splitrail.Trainer.Terminal;

/// <summary>Tells people how far long work is. Everything goes to standard error: standard output is for results.</summary>
public interface IWorkLog
{
    /// <summary>Begins a step; disposing ends it.</summary>
    IWorkStep Step(string title);
}

public interface IWorkStep : IDisposable
{
    /// <param name="fraction">Of this step's work, 0 to 1.</param>
    void Report(double fraction);

    /// <summary>Where it stands, for steps whose end nobody knows beforehand.</summary>
    void Say(string line)
    {
    }
}
