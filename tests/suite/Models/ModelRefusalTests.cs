using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Models;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Models;

/// <summary>Bad model files on the volume of a running shop: refused with the reason, and the trained model serves on.</summary>
public sealed class ModelRefusalTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private InProcessSuite _suite = null!;
    private string _models = "";
    private string _trained = "";

    public async Task InitializeAsync()
    {
        var options = await TrainedShop.CopyAsync() with { ExtraArguments = new Dictionary<string, IReadOnlyList<string>> { [AppIds.Gateway] = TrainedShop.Patient } };
        (_models, _trained) = (options.ModelsDirectory, ModelFolder.Active(options.ModelsDirectory));
        _suite = new InProcessSuite(options);
        await _suite.StartAsync();
        await SuiteReadiness.WaitAsync(_suite.Layout, _http, TimeSpan.FromMinutes(2), static _ => { });
        await Servers.Eventually.TrueAsync(async () => (string?)(await ModelsAsync())["active"] == _trained, TimeSpan.FromMinutes(1), "the trained model is in production");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _suite.DisposeAsync();
    }

    [Fact]
    public async Task What_cannot_be_served_is_refused_with_the_reason_and_the_trained_model_serves_on()
    {
        Changed("cut", static ranker => ranker[..(ranker.Length / 2)]);
        Changed("no-model", static _ => "this is no model at all"u8.ToArray());
        Changed("other-features", static ranker => Spoken(ranker, "feature_set", "feature_sez"));
        Changed("unknown-operator", static ranker => Spoken(ranker, "Sigmoid", "Sigmoit"));
        Changed("not-a-number", static ranker => NotANumber(ranker));
        Huge("huge");
        foreach (var version in new[] { "cut", "no-model", "other-features", "unknown-operator", "not-a-number" })
        {
            await Servers.Eventually.TrueAsync(
                async () => (await ModelsAsync())["versions"]!.AsArray().Any(one => (string?)one == version), TimeSpan.FromMinutes(1), $"{version} is registered: its files are as its manifest says");
            await RefusedAsync($"/v1/models/{version}/activate", null, "ranking-svc refuses it");
            // What cannot be opened is no matter of opinion.
            await RefusedAsync($"/v1/models/{version}/activate", """{"override":{"kind":"business"}}""", "ranking-svc refuses it");
            await RefusedAsync($"/v1/models/{version}/stage", """{"stage":"shadow"}""", "ranking-svc refuses it");
        }

        await RefusedAsync("/v1/models", """{"version":"huge"}""", "too large");
        ((string?)(await ModelsAsync())["active"]).ShouldBe(_trained);
        using var client = new ShopClient(_suite.Layout.Gateway);
        var answer = await client.RecommendAsync(new { user_id = "refusals", num_items = 5 });
        (answer.Status, answer.Body.GetProperty("model_version").GetString()).ShouldBe((HttpStatusCode.OK, _trained));
    }

    /// <summary>A version with another ranker and the hashes of it: as a broken trainer would leave it.</summary>
    private void Changed(string version, Func<byte[], byte[]> change)
    {
        var store = new ModelStore(_models);
        using var draft = store.Draft(version);
        foreach (var file in store.ReadManifest(_trained).Files)
        {
            var bytes = File.ReadAllBytes(Path.Combine(_models, _trained, file.Name));
            File.WriteAllBytes(Path.Combine(draft.Folder, file.Name), file.Name == ModelStore.RankerName ? change(bytes) : bytes);
        }

        draft.Commit(store.ReadManifest(_trained));
    }

    /// <summary>The file with one word of it replaced.</summary>
    private static byte[] Spoken(byte[] ranker, string word, string other)
    {
        ranker.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(word)).ShouldBeGreaterThan(0, word);
        return System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(ranker).Replace(word, other, StringComparison.Ordinal));
    }

    /// <summary>Eight bytes amid the weights, of which any four are no number.</summary>
    private static byte[] NotANumber(byte[] ranker)
    {
        ranker.AsSpan(ranker.Length / 2, 8).Fill(0xFF);
        return ranker;
    }

    /// <summary>A manifest that speaks of 2 GB, and a file of that length without any content.</summary>
    private void Huge(string version)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_models, ".huge")).FullName;
        using (var file = File.Create(Path.Combine(folder, ModelStore.RankerName)))
            file.SetLength(2L << 30);
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(_models, _trained, ModelStore.ManifestName)))!;
        manifest["version"] = version;
        manifest["files"] = new JsonArray(new JsonObject { ["name"] = ModelStore.RankerName, ["bytes"] = 2L << 30, ["sha256"] = new string('0', 64) });
        File.WriteAllText(Path.Combine(folder, ModelStore.ManifestName), manifest.ToJsonString());
        Directory.Move(folder, Path.Combine(_models, version));
    }

    private async Task RefusedAsync(string path, string? body, string said)
    {
        var (status, text) = (HttpStatusCode.OK, "");
        await Servers.Eventually.TrueAsync(async () =>
        {
            using var content = body is null ? null : new StringContent(body, null, "application/json");
            using var response = await _http.PostAsync(new Uri(_suite.Layout.Gateway, path), content);
            (status, text) = (response.StatusCode, await response.Content.ReadAsStringAsync());
            return !text.Contains("still opening it", StringComparison.Ordinal);
        }, TimeSpan.FromMinutes(1), "ranking-svc has looked at it");
        status.ShouldBe(HttpStatusCode.Conflict, text);
        ((string)JsonNode.Parse(text)!["detail"]!).ShouldContain(said);
    }

    private async Task<JsonNode> ModelsAsync()
    {
        using var response = await _http.GetAsync(new Uri(_suite.Layout.Gateway, "/v1/models"));
        return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync())! : new JsonObject();
    }
}
