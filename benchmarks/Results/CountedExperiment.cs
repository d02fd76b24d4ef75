using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.Benchmarks.Results;

/// <param name="Id">The experiment.</param>
/// <param name="Layer">Made when it is not there.</param>
/// <param name="Traffic">Of the layer's users.</param>
/// <param name="Users">Counted.</param>
/// <param name="Arms">Two or more.</param>
/// <param name="Metrics">The first of the table.</param>
/// <param name="Epochs">One more than edits of its split.</param>
/// <param name="Items">Different ones that each arm showed.</param>
internal sealed record ExperimentShape(string Id, string Layer, double Traffic, long Users, int Arms, int Metrics, int Epochs, int Items);

/// <summary>A running experiment; its sums are put where ingestion would have put them.</summary>
internal sealed class CountedExperiment(HttpClient http, string database, ExperimentShape shape, Random random)
{
    private readonly string[] _arms = [.. Enumerable.Range(0, shape.Arms).Select(static i => $"{(char)('a' + i)}")];

    private string Id => shape.Id;

    public static async Task CreateLayerAsync(HttpClient http, string id, CancellationToken cancellationToken) =>
        (await http.PostAsJsonAsync("/v1/layers", new JsonObject { ["id"] = id, ["seed"] = id }, cancellationToken)).EnsureSuccessStatusCode();

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        (await http.PostAsJsonAsync("/v1/experiments", Definition(1), cancellationToken)).EnsureSuccessStatusCode();
        (await http.PostAsync($"/v1/experiments/{Id}/start", null, cancellationToken)).EnsureSuccessStatusCode();
        for (var epoch = 2; epoch <= shape.Epochs; epoch++)
            await EditAsync(epoch, cancellationToken);
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction();
        foreach (var (arm, i) in _arms.Select(static (arm, i) => (arm, i)))
        {
            for (var epoch = 1; epoch <= shape.Epochs; epoch++)
                await CountAsync(connection, arm, epoch, (long)(shape.Users / shape.Epochs * ShareOf(i, epoch)));
        }

        await connection.ExecuteAsync(
            "WITH RECURSIVE items(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM items WHERE i < @Items) "
            + "INSERT INTO shown_items (experiment, arm, item, shown) SELECT @Id, arm.value, 'item-' || i, 1 + 40000000 / i FROM items, json_each(@arms) arm",
            new { Id, shape.Items, arms = System.Text.Json.JsonSerializer.Serialize(_arms) });
        var now = TimeProvider.System.GetUtcNow();
        await connection.ExecuteAsync(
            "INSERT INTO experiment_intake (experiment, first_ms, updated_ms) VALUES (@Id, @first, @updated) ON CONFLICT (experiment) DO UPDATE SET first_ms = excluded.first_ms, updated_ms = excluded.updated_ms",
            new { Id, first = now.AddDays(-21).ToUnixTimeMilliseconds(), updated = now.ToUnixTimeMilliseconds() });
        await transaction.CommitAsync(cancellationToken);
    }

    private double ShareOf(int arm, int epoch)
    {
        var control = (1.6 / shape.Arms) - (0.03 * (epoch - 1));
        return arm == 0 ? control : (1 - control) / (shape.Arms - 1);
    }

    private JsonObject Definition(int epoch) => new()
    {
        ["id"] = Id,
        ["layer"] = shape.Layer,
        ["traffic"] = shape.Traffic,
        ["hypothesis"] = "It is measured.",
        ["arms"] = new JsonArray([.. _arms.Select((arm, i) => new JsonObject { ["id"] = arm, ["control"] = i == 0, ["share"] = ShareOf(i, epoch) })]),
        ["metrics"] = new JsonArray([.. MetricTable.All.Take(shape.Metrics).Select(static (metric, i) => new JsonObject
        {
            ["name"] = metric.Name, ["role"] = i switch { 0 => "goal", 1 or 2 => "guardrail", _ => "secondary" }, ["minimum_effect"] = 0.05,
        })]),
        ["horizon"] = new JsonObject { ["units"] = 2 * shape.Users },
    };

    private async Task EditAsync(int epoch, CancellationToken cancellationToken)
    {
        using var held = await http.GetAsync($"/v1/experiments/{Id}", cancellationToken);
        using var edit = new HttpRequestMessage(HttpMethod.Put, $"/v1/experiments/{Id}") { Content = JsonContent.Create(Definition(epoch)) };
        edit.Headers.TryAddWithoutValidation("If-Match", held.Headers.ETag!.Tag);
        (await http.SendAsync(edit, cancellationToken)).EnsureSuccessStatusCode();
    }

    private async Task CountAsync(SqliteConnection connection, string arm, int epoch, long people)
    {
        await connection.ExecuteAsync(
            "INSERT INTO experiment_counts (experiment, kind, arm, epoch, people) VALUES (@Id, @Counted, @arm, @epoch, @people)", new { Id, CountKinds.Counted, arm, epoch, people });
        foreach (var metric in MetricTable.All)
        {
            await connection.ExecuteAsync(
                "INSERT INTO experiment_sums (experiment, metric, arm, epoch, sums) VALUES (@Id, @Name, @arm, @epoch, @sums)",
                new { Id, metric.Name, arm, epoch, sums = Sums(metric, people).ToString() });
        }
    }

    /// <summary>As of so many people with a rate near 5 %, and what they would have spent.</summary>
    private ExactSums Sums(MetricDefinition metric, long people)
    {
        var (sums, some) = (default(ExactSums), 1000);
        for (var i = 0; i < some; i++)
        {
            var value = random.NextDouble() < 0.05 ? metric.Kind == MetricKind.Proportion ? 1_000_000 : random.Next(1_000_000, 90_000_000) : 0;
            sums += ExactSums.Of(value, metric.Kind == MetricKind.Ratio ? 20_000_000 + value : 0, metric.HasCovariate ? (value / 2) + random.Next(10_000_000) : 0);
        }

        var times = people / some;
        return new ExactSums(
            people, sums.X * times, sums.XX * times, sums.XXX * times, sums.Y * times, sums.YY * times, sums.XY * times, sums.C * times, sums.CC * times, sums.XC * times);
    }
}
