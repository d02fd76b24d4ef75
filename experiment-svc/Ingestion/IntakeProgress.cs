namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Which marks are worth a row: not each message's, or exposures that say nothing new would cost a commit each. Not safe for several threads.</summary>
internal sealed class IntakeProgress
{
    private const long StepMs = 10_000;

    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);

    /// <summary>The newest of each topic, where it is well ahead of what was written.</summary>
    public IReadOnlyList<IntakeMark> Newer(IEnumerable<IntakeMark> marks) =>
    [
        .. marks.GroupBy(static mark => mark.Topic, StringComparer.Ordinal).Select(static same => same.MaxBy(static mark => mark.AtMs))
            .Where(mark => mark.AtMs >= _written.GetValueOrDefault(mark.Topic) + StepMs),
    ];

    public void Written(IEnumerable<IntakeMark> marks)
    {
        foreach (var mark in marks)
            _written[mark.Topic] = mark.AtMs;
    }
}
