using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Hosting;

namespace Splitrail.RankingSvc;

/// <summary>Settings of section <c>RankingSvc</c>.</summary>
/// <param name="ModelsDirectory">Folder of model versions; default <c>.state/models</c>.</param>
/// <param name="ModelRetry">How long after a model could not be loaded it is tried again.</param>
/// <param name="Slots">Requests that are scored at a time; more would only share the same cores. Default: two per core.</param>
/// <param name="SlotRows">Candidates that are scored in one run; a request with more takes several.</param>
internal sealed record RankingOptions(string ModelsDirectory, TimeSpan ModelRetry, int Slots, int SlotRows)
{
    public const string Section = "RankingSvc";

    /// <exception cref="OptionsFaultException">Something is wrong; the message lists every fault.</exception>
    public static RankingOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        List<string> faults = [];
        var options = new RankingOptions(
            section[nameof(ModelsDirectory)] is { Length: > 0 } folder ? folder : Path.Combine(".state", "models"),
            Retry(section[nameof(ModelRetry)], faults),
            Number(section, nameof(Slots), 2 * Environment.ProcessorCount, 1024, faults),
            Number(section, nameof(SlotRows), 512, 65_536, faults));
        OptionsFaultException.ThrowIfAny(AppIds.Ranking, faults);
        return options;
    }

    private static TimeSpan Retry(string? text, List<string> faults)
    {
        var retry = TimeSpan.FromSeconds(2);
        if (text is null)
            return retry;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out retry) && retry >= TimeSpan.FromMilliseconds(10) && retry <= TimeSpan.FromHours(1))
            return retry;
        faults.Add($"{Section}:{nameof(ModelRetry)} is '{text}': give a time span from 00:00:00.010 to 01:00:00, such as 00:00:02.");
        return retry;
    }

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
