using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Pages;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.ExperimentSvc.Storefront;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>Settings of section <c>ExperimentSvc</c>.</summary>
/// <param name="Sql">Where snapshots and exposures are; default the SQLite file <c>.state/experiment-svc.db</c>.</param>
/// <param name="Definitions">The definitions file, the first content of an empty database; null takes the built-in ones, and so does a file that is not there yet.</param>
/// <param name="FollowDefinitions">The file is the truth: its changes are imported, and the API refuses edits.</param>
/// <param name="RequireKey">The API asks for the key of one of the console's accounts.</param>
/// <param name="RequireApproval">A second person has to approve what users meet.</param>
/// <param name="ClockTolerance">How far this machine's clock may be behind the last edit.</param>
/// <param name="ModelsDirectory">Where models are published; null means there is none.</param>
/// <param name="Ingestion">How exposures and outcomes are taken in.</param>
/// <param name="Console">Who may sign in to the console.</param>
/// <param name="Registry">How models are published, activated and watched.</param>
/// <param name="Storefront">How pages look at the shop: the shop window and previews of arms.</param>
/// <param name="PollInterval">How often file, models, database and schedules are looked at.</param>
/// <param name="EvaluationInterval">How often running experiments are evaluated.</param>
/// <param name="CatalogInterval">How often feature-svc is asked for the catalogue, which results are held against.</param>
/// <param name="EvaluationLease">How long the replica that evaluates may be silent before another one takes over.</param>
internal sealed record ExperimentOptions(
    SqlOptions Sql, string? Definitions, string? ModelsDirectory, TimeSpan PollInterval,
    bool FollowDefinitions, bool RequireKey, bool RequireApproval, TimeSpan ClockTolerance, TimeSpan EvaluationInterval, TimeSpan CatalogInterval, TimeSpan EvaluationLease, IngestionOptions Ingestion,
    ConsoleOptions Console, RegistryOptions Registry, StorefrontOptions Storefront)
{
    public const string Section = "ExperimentSvc";

    /// <exception cref="OptionsFaultException">Something is wrong; the message lists every fault.</exception>
    public static ExperimentOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        List<string> faults = [];
        var options = new ExperimentOptions(
            SqlOptions.From(section, Path.Combine(".state", "experiment-svc.db"), faults),
            section["Definitions"] is { Length: > 0 } definitions ? definitions : null,
            section["ModelsDirectory"] is { Length: > 0 } models ? models : null,
            SettingText.Span(section, nameof(PollInterval), TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), faults),
            SettingText.Switch(section, nameof(FollowDefinitions), faults),
            SettingText.Switch(section, nameof(RequireKey), faults),
            SettingText.Switch(section, nameof(RequireApproval), faults),
            SettingText.Span(section, nameof(ClockTolerance), TimeSpan.FromSeconds(5), TimeSpan.Zero, TimeSpan.FromDays(3650), faults),
            SettingText.Span(section, nameof(EvaluationInterval), TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1), faults),
            SettingText.Span(section, nameof(CatalogInterval), TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1), faults),
            SettingText.Span(section, nameof(EvaluationLease), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(300), TimeSpan.FromHours(1), faults),
            IngestionOptions.From(section.GetSection(nameof(Ingestion)), faults),
            ConsoleOptions.From(section.GetSection(nameof(Console)), faults),
            RegistryOptions.From(section.GetSection(nameof(Registry)), faults),
            StorefrontOptions.From(section, faults));
        if (options is { FollowDefinitions: true, Definitions: null })
            faults.Add($"{Section}:FollowDefinitions is on, but {Section}:Definitions names no file: name it.");
        if (options is { RequireKey: true, Console.Accounts.Count: 0 })
            faults.Add($"{Section}:RequireKey is on, but there is no account whose key could be sent: give one, {Section}:Console:Accounts:0:Name, :Role and :KeySha256.");
        if (Directory.Exists(options.Definitions))
            faults.Add($"{Section}:Definitions is '{options.Definitions}', a folder: name a JSON file.");
        OptionsFaultException.ThrowIfAny(Contracts.AppIds.Experiment, faults);
        return options;
    }
}
