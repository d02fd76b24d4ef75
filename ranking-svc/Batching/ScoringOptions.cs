namespace Splitrail.RankingSvc.Batching;

/// <summary>How candidates are scored; settings of section <c>RankingSvc</c>.</summary>
/// <param name="Slots">Requests that hold rows of features at a time. Default: 32 per core.</param>
/// <param name="SlotRows">Rows of a run at most; a request with more takes several.</param>
/// <param name="Runs">Runs at a time before requests share the next one. Default: one per core.</param>
/// <param name="BatchRequests">Requests that share a run at most; 1 turns sharing off.</param>
/// <param name="BatchRows">
/// Rows of a run that requests share at most; a request with more runs alone. Around 200 the weights are read often enough from the cache, and the layers'
/// values still fit beside them: more makes wide networks slower.
/// </param>
/// <param name="BatchWait">How long a request waits for a run at most; then it gets one although all are taken.</param>
/// <param name="Threads">Threads of one run. More than one pays for very wide networks on idle cores only.</param>
/// <param name="Affinity">
/// Processors of the threads that a run has besides its caller's, as ONNX Runtime writes them (<c>2;3</c>, counted from 1; one part per further thread);
/// empty leaves them to the system.
/// </param>
/// <param name="Precision">Which file of a model is served.</param>
internal sealed record ScoringOptions(
    int Slots, int SlotRows, int Runs, int BatchRequests, int BatchRows, TimeSpan BatchWait, int Threads, string Affinity, Precision Precision)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(10);

    public static ScoringOptions Default { get; } = From(new SettingReader(new ConfigurationBuilder().Build().GetSection(RankingOptions.Section), []), []);

    public static ScoringOptions From(SettingReader settings, List<string> faults)
    {
        var options = new ScoringOptions(
            (int)settings.Number(nameof(Slots), 32 * Environment.ProcessorCount, 1, 4096),
            (int)settings.Number(nameof(SlotRows), 512, 1, 65_536),
            (int)settings.Number(nameof(Runs), Environment.ProcessorCount, 1, 1024),
            (int)settings.Number(nameof(BatchRequests), 32, 1, 32),
            (int)settings.Number(nameof(BatchRows), 192, 1, 65_536),
            settings.Time(nameof(BatchWait), TimeSpan.FromMilliseconds(2), TimeSpan.Zero, LongestWait),
            (int)settings.Number(nameof(Threads), 1, 1, 256),
            settings.Text(nameof(Affinity), ""),
            settings.Choice(nameof(Precision), Precision.Auto));
        if (options.Affinity.Length > 0 && options.Affinity.Split(';').Length != options.Threads - 1)
            faults.Add($"{RankingOptions.Section}:{nameof(Affinity)} is '{options.Affinity}': give {options.Threads - 1} parts between ';', one less than {nameof(Threads)}.");
        return options;
    }
}
