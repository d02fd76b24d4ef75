using Splitrail.Contracts;
using Splitrail.Hosting;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Checks;

namespace Splitrail.RankingSvc;

/// <summary>Settings of section <c>RankingSvc</c>.</summary>
/// <param name="ModelsDirectory">Folder of model versions; default <c>.state/models</c>.</param>
/// <param name="ModelRetry">How long after a model could not be loaded it is tried again.</param>
/// <param name="ModelMemory">Estimated bytes that the loaded models may take together; the one in production is loaded whatever it takes.</param>
/// <param name="CheckTimeout">How long opening a model in a process of its own may take.</param>
/// <param name="LargestRanker">Bytes that a ranker's file may have.</param>
/// <param name="ShadowSample">Share of the requests that the models in the shadow score too, 0..1.</param>
/// <param name="DriftWindow">Drift is that of the last one to two of these.</param>
/// <param name="Scoring">How candidates are scored.</param>
internal sealed record RankingOptions(
    string ModelsDirectory, TimeSpan ModelRetry, long ModelMemory, TimeSpan CheckTimeout, long LargestRanker,
    double ShadowSample, TimeSpan DriftWindow, ScoringOptions Scoring)
{
    public const string Section = "RankingSvc";

    /// <exception cref="OptionsFaultException">Something is wrong; the message lists every fault.</exception>
    public static RankingOptions From(IConfiguration configuration)
    {
        List<string> faults = [];
        var settings = new SettingReader(configuration.GetSection(Section), faults);
        var options = new RankingOptions(
            settings.Text(nameof(ModelsDirectory), Path.Combine(".state", "models")),
            settings.Time(nameof(ModelRetry), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
            settings.Number(nameof(ModelMemory), 1L << 30, 1, long.MaxValue),
            settings.Time(nameof(CheckTimeout), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
            settings.Number(nameof(LargestRanker), VerifyModelCommand.LargestRanker, 1, int.MaxValue),
            settings.Share(nameof(ShadowSample), 0.1),
            settings.Time(nameof(DriftWindow), TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
            ScoringOptions.From(settings, faults));
        OptionsFaultException.ThrowIfAny(AppIds.Ranking, faults);
        return options;
    }
}
