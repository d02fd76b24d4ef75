using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Hosting;
using Splitrail.RankingSvc.Checks;

namespace Splitrail.RankingSvc;

/// <summary>Settings of section <c>RankingSvc</c>.</summary>
/// <param name="ModelsDirectory">Folder of model versions; default <c>.state/models</c>.</param>
/// <param name="ModelRetry">How long after a model could not be loaded it is tried again.</param>
/// <param name="Slots">Requests that are scored at a time; more would only share the same cores. Default: two per core.</param>
/// <param name="SlotRows">Candidates that are scored in one run; a request with more takes several.</param>
/// <param name="CheckTimeout">How long opening a model in a process of its own may take.</param>
/// <param name="LargestRanker">Bytes that a ranker's file may have.</param>
internal sealed record RankingOptions(string ModelsDirectory, TimeSpan ModelRetry, int Slots, int SlotRows, TimeSpan CheckTimeout, long LargestRanker)
{
    public const string Section = "RankingSvc";

    /// <exception cref="OptionsFaultException">Something is wrong; the message lists every fault.</exception>
    public static RankingOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        List<string> faults = [];
        var options = new RankingOptions(
            section[nameof(ModelsDirectory)] is { Length: > 0 } folder ? folder : Path.Combine(".state", "models"),
            Time(section, nameof(ModelRetry), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1), faults),
            Number(section, nameof(Slots), 2 * Environment.ProcessorCount, 1024, faults),
            Number(section, nameof(SlotRows), 512, 65_536, faults),
            Time(section, nameof(CheckTimeout), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), faults),
            Number(section, nameof(LargestRanker), (int)VerifyModelCommand.LargestRanker, int.MaxValue, faults));
        OptionsFaultException.ThrowIfAny(AppIds.Ranking, faults);
        return options;
    }

    private static TimeSpan Time(IConfigurationSection section, string name, TimeSpan usual, TimeSpan least, TimeSpan most, List<string> faults)
    {
        var text = section[name];
        if (text is null)
            return usual;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most)
            return time;
        faults.Add($"{Section}:{name} is '{text}': give a time span from {Text(least)} to {Text(most)}, such as {Text(usual)}.");
        return usual;
    }

    private static string Text(TimeSpan span) => span.ToString(span.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.fff");

    private static int Number(IConfigurationSection section, string name, int usual, int most, List<string> faults)
    {
        var text = section[name];
        if (text is null)
            return usual;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            return number;
        faults.Add($"{Section}:{name} is '{text}': give a whole number from 1 to {most}, such as {usual}.");
        return usual;
    }
}
