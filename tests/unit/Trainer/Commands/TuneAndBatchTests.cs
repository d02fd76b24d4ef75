using System.CommandLine;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer.Commands;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Commands;

/// <summary>The nightly commands one after another on a small shop: tune, train with what it found, lists for all users.</summary>
public sealed class TuneAndBatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Settings_are_searched_for_trained_with_and_used_for_lists()
    {
        Run("demo", "--out", _folder["data"], "--seed", "5", "--users", "400", "--guests", "1500", "--items", "150", "--days", "25", "--no-shift").ShouldBe(0);

        // What is already there is bad on purpose: something better has to be found.
        Run("tune", "--dataset", _folder["data"], "--out", _folder["tuned.json"], "--trials", "5", "--als-factors", "8", "--als-iterations", "3", "--ease-lambda", "100000", "--ease-words", "10", "--als-regularisation", "5000", "--content-factors", "8").ShouldBe(0, _error.ToString());
        _output.ToString().ShouldContain("on later events, which the search has not seen");
        var tuned = JsonDocument.Parse(File.ReadAllText(_folder["tuned.json"])).RootElement;
        Quality(tuned, "validation", "after").ShouldBeGreaterThan(Quality(tuned, "validation", "before"));
        Quality(tuned, "held_out", "after").ShouldBeGreaterThan(Quality(tuned, "held_out", "before"));

        Run("train", "--dataset", _folder["data"], "--models", _folder["models"], "--tuned", _folder["tuned.json"], "--ranker", "logistic", "--als-iterations", "3", "--als-alpha", "2.5").ShouldBe(0, _error.ToString());
        var store = new ModelStore(_folder["models"]);
        var manifest = store.ReadManifest(store.ActiveVersion()!);
        manifest.HyperParameters["ease_lambda"].ShouldBe(tuned.GetProperty("settings").GetProperty("ease_lambda").GetDouble(), 1e-3);
        manifest.HyperParameters["als_alpha"].ShouldBe(2.5, "the command line wins");
        manifest.TrainingSeconds.ShouldNotBeNull().ShouldBeGreaterThan(0);

        Run("batch", "--dataset", _folder["data"], "--models", _folder["models"], "--num-items", "7", "--out", _folder["lists.jsonl"]).ShouldBe(0, _error.ToString());
        ListsAreForAllUsersAndNothingHidden(manifest.Version);
    }

    [Fact]
    public void Without_a_file_of_settings_the_defaults_hold_and_another_file_is_refused()
    {
        Run("demo", "--out", _folder["data"], "--seed", "5", "--users", "60", "--guests", "200", "--items", "100", "--days", "10", "--no-shift").ShouldBe(0);
        Run("train", "--dataset", _folder["data"], "--models", _folder["models"], "--tuned", _folder["none.json"], "--ranker", "logistic", "--als-factors", "8").ShouldBe(0, _error.ToString());
        new ModelStore(_folder["models"]).ReadManifest(new ModelStore(_folder["models"]).ActiveVersion()!).HyperParameters["ease_lambda"].ShouldBe(400);

        foreach (var content in new[] { "nonsense", "{}", """{"settings":{"als_factor":8}}""", """{"settings":{"als_factors":"many"}}""", """{"settings":{"als_factors":4}}""" })
        {
            _folder.Write("other.json", content);
            Run("train", "--dataset", _folder["data"], "--models", _folder["models"], "--tuned", _folder["other.json"]).ShouldBe(1, content);
        }

        Run("batch", "--dataset", _folder["data"], "--models", _folder["nowhere"], "--out", _folder["lists.jsonl"]).ShouldBe(1);
        _error.ToString().ShouldContain("no version is active");
    }

    private void ListsAreForAllUsersAndNothingHidden(string version)
    {
        var dataset = DatasetFolder.Open(_folder["data"]);
        var lists = File.ReadAllLines(_folder["lists.jsonl"]).Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
        var users = dataset.ReadEvents().Where(static row => row.UserId is not null && row.Type != EventTypes.Impression).Select(static row => row.UserId!).Distinct().ToArray();
        lists.Select(static list => list.GetProperty("user_id").GetString()).ShouldBe(users, ignoreOrder: true);
        lists.ShouldAllBe(list => list.GetProperty("model_version").GetString() == version && list.GetProperty("items").GetArrayLength() == 7);
        var shown = lists.SelectMany(static list => list.GetProperty("items").EnumerateArray()).Select(static item => item.GetProperty("item_id").GetString()!).ToHashSet();
        shown.Intersect(dataset.ReadItems().Where(static item => item.Hidden || item.Stock == 0).Select(static item => item.ItemId)).ShouldBeEmpty();
        lists.Select(static list => list.GetProperty("items").ToString()).Distinct().Count().ShouldBeGreaterThan(users.Length / 2, "lists are personal");
    }

    private static double Quality(JsonElement tuned, string of, string when) => tuned.GetProperty(of).GetProperty($"ndcg_at_10_{when}").GetDouble();

    private int Run(params string[] arguments)
    {
        var root = new RootCommand { DemoCommand.Create(), TuneCommand.Create(), TrainCommand.Create(), BatchCommand.Create() };
        HelpWithExamples.AddTo(root);
        return root.Parse(arguments).Invoke(new InvocationConfiguration { Output = _output, Error = _error });
    }
}
