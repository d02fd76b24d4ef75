using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Models;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Models;

/// <summary>As <c>./run --processes</c>: experiment-svc and the trainer are killed while they publish, activate and roll back.</summary>
public sealed class ModelKillTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);
    private readonly HttpClient _http = new();
    private ProcessSuite _suite = null!;
    private string _models = "";
    private string _trained = "";

    public async Task InitializeAsync()
    {
        var options = await TrainedShop.CopyAsync();
        _models = options.ModelsDirectory;
        _trained = ModelFolder.Active(_models);
        _suite = new ProcessSuite(options, static _ => { });
        await _suite.StartAsync();
        await SuiteReadiness.WaitAsync(_suite.Layout, _http, s_deadline, static _ => { });
        await EventuallyAsync(async () => (string?)(await ModelsAsync())?["active"] == _trained, "the trained model is in production");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _suite.DisposeAsync();
    }

    [Fact]
    public async Task A_kill_during_an_activation_leaves_the_old_model_or_the_new_one_everywhere()
    {
        using var client = new ShopClient(_suite.Layout.Gateway);
        for (var round = 0; round < 4; round++)
        {
            var version = $"next-{round}";
            ModelFolder.Copy(_models, _trained, version);
            await EventuallyAsync(async () => (await ModelsAsync())?["versions"]!.AsArray().Any(one => (string?)one == version) == true, $"{version} is registered");
            var before = (string)(await ModelsAsync())!["active"]!;

            // Killed at another moment of it each time: before the files are read, while they are, around the commit.
            var activation = PostAsync($"/v1/models/{version}/activate");
            await Task.WhenAny(activation, Task.Delay(TimeSpan.FromMilliseconds(15 * round)));
            _suite[AppIds.Experiment].Kill();
            var status = await activation;

            JsonNode? models = null;
            await EventuallyAsync(async () => (models = await ModelsAsync()) is not null, "the registry answers again");
            var active = (string)models!["active"]!;
            active.ShouldBeOneOf(before, version);
            if (status == HttpStatusCode.OK)
                active.ShouldBe(version, "what was answered was stored");
            Production(models, "ranking").ShouldBe([active]);
            Production(models, "candidate").ShouldBe([active]);
            await EventuallyAsync(async () => (bool?)(await GetAsync("/v1/experiments/audit/verify"))?["intact"] == true, "the audit log is whole");
            await EventuallyAsync(async () => await ServedAsync(client) == (active, active), $"{active} is served");
        }
    }

    [Fact]
    public async Task A_kill_during_a_publish_leaves_all_of_a_version_or_nothing_of_it()
    {
        var volume = _models;
        // Killed as soon as the first byte of the version is on the volume, as soon as its name is there and it is not registered yet, a little later, and never.
        for (var round = 0; round < 4; round++)
        {
            var version = $"published-{round}";
            bool IsDrafted() => Directory.EnumerateDirectories(volume, $".draft-{version}-*").Any();
            bool IsThere() => Directory.Exists(Path.Combine(volume, version));
            Func<bool> moment = round switch { 0 => () => IsDrafted() || IsThere(), 3 => static () => false, _ => IsThere };
            var folder = Directory.CreateTempSubdirectory("splitrail-trained-").FullName;
            Directory.CreateDirectory(Path.Combine(folder, _trained));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(volume, _trained)))
                File.Copy(file, Path.Combine(folder, _trained, Path.GetFileName(file)));
            ModelFolder.Copy(folder, _trained, version);
            await KilledTrainerAsync(moment, TimeSpan.FromMilliseconds(round == 2 ? 30 : 0), "publish", version, "--models", folder, "--to", volume, "--registry", _suite.Layout.Gateway.ToString());
            Directory.Delete(folder, recursive: true);

            var isThere = IsThere();
            isThere.ShouldBe(File.Exists(Path.Combine(volume, version, "manifest.json")), "a version has its manifest, or is not there");
            if (round > 0)
                isThere.ShouldBeTrue("the kill came after the rename");
            if (isThere)
                new ModelStore(volume).Verify(version);
            if (isThere)
                await EventuallyAsync(async () => (await ModelsAsync())?["versions"]!.AsArray().Any(one => (string?)one == version) == true, $"{version} is on the volume, so it is registered");
            else
                (await ModelsAsync())!["versions"]!.AsArray().Select(static one => (string?)one).ShouldNotContain(version);
        }

        ((string)(await ModelsAsync())!["active"]!).ShouldBe(_trained);
    }

    /// <summary>Runs the trainer and kills it at a moment, unless it has ended before.</summary>
    private static async Task KilledTrainerAsync(Func<bool> moment, TimeSpan after, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Splitrail.Trainer.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var trainer = Process.Start(start)!;
        _ = trainer.StandardOutput.ReadToEndAsync();
        _ = trainer.StandardError.ReadToEndAsync();
        while (!trainer.HasExited && !moment())
            await Task.Yield();
        using var limit = new CancellationTokenSource(after);
        await trainer.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!trainer.HasExited)
            trainer.Kill();
        await trainer.WaitForExitAsync();
    }

    private static string[] Production(JsonNode models, string type) =>
        [.. models["models"]!.AsArray().Where(model => (string?)model!["stages"]![type] == "production").Select(static model => (string)model!["version"]!)];

    private static async Task<(string? Ranked, string? Made)> ServedAsync(ShopClient client)
    {
        var answer = await client.RecommendAsync(new { user_id = $"kill-{Guid.NewGuid():N}", num_items = 5 });
        return answer.Status == HttpStatusCode.OK && answer.Level == 0
            ? (answer.Body.GetProperty("model_version").GetString(), answer.Body.GetProperty("candidate_model_version").GetString())
            : (null, null);
    }

    private async Task<HttpStatusCode?> PostAsync(string path)
    {
        try
        {
            using var response = await _http.PostAsync(new Uri(_suite.Layout.Gateway, path), null);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Its process died under it.
            return null;
        }
    }

    private Task<JsonNode?> ModelsAsync() => GetAsync("/v1/models");

    private async Task<JsonNode?> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(_suite.Layout.Gateway, path));
        return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
    }

    private static Task EventuallyAsync(Func<Task<bool>> condition, string what) => Servers.Eventually.TrueAsync(condition, s_deadline, what);
}
