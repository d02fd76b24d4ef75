using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Ingestion;

namespace Splitrail.Benchmarks.Ingest;

/// <summary>Who meets the built-in experiment, and what they do.</summary>
internal static class IngestScene
{
    public const long LastMs = FirstMs + 86_400_000;

    private const string Experiment = "new-items";
    private const long FirstMs = 1_760_000_000_000;
    private const long MicrosPerUnit = 1_000_000;

    private static readonly string[] s_arms = ["control", "explore"];

    public static Exposure[] Exposures(int units, int perUnit, ulong seed)
    {
        var random = new Random((int)seed);
        var exposures = Enumerable.Range(0, units * perUnit).Select(i => new Exposure(
            Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(FirstMs + i)).ToString("N"), Experiment, s_arms[i % units % 2], UserOf(i % units), UnitKinds.User,
            $"request-{i}", 1, 1, 0.5, FirstMs + random.Next(86_400_000))).ToArray();
        random.Shuffle(exposures);
        return exposures;
    }

    /// <summary>Impressions, clicks and purchases; a user has a few of them.</summary>
    public static Outcome[] Outcomes(int count, int units, ulong seed)
    {
        var random = new Random((int)seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var (user, item, kind) = (random.Next(units / 4), random.Next(1000), random.Next(10));
                var type = kind < 7 ? EventTypes.Impression : kind < 9 ? EventTypes.Click : EventTypes.Purchase;
                return Outcome.Of(
                    new ShopEvent($"event-{i}", type, UserOf(user), null, $"item-{item}", LastMs + random.Next(1000), 1, kind == 9 ? 20 * MicrosPerUnit : 0, $"request-{user}"), kind == 9 ? 20 * MicrosPerUnit : 0);
            }),
        ];
    }

    /// <summary>Waits until the first definitions are in the database.</summary>
    public static async Task KnowsExperimentAsync(WebApplication app)
    {
        var definitions = app.Services.GetRequiredService<DefinitionStore>();
        while (!(await definitions.ReadAsync(CancellationToken.None)).Experiments.ContainsKey(Experiment))
            await Task.Delay(50);
    }

    /// <exception cref="InvalidOperationException">Somebody is missing from the sums.</exception>
    public static async Task CheckAsync(WebApplication app, int units)
    {
        var aggregates = await app.Services.GetRequiredService<AggregateReader>().ReadAsync(Experiment, CancellationToken.None);
        if (aggregates.CountedPeople != units)
            throw new InvalidOperationException($"{aggregates.CountedPeople} people are counted of {units}.");
    }

    private static string UserOf(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number:D8}");
}
