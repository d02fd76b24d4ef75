using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer;
using Splitrail.Trainer.DemoShop;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class ModelTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-training-").FullName;

    private ModelStore Store => new(Path.Combine(_folder, "models"));

    [Fact]
    public void A_small_shop_becomes_a_model_in_production_that_makes_candidates()
    {
        var dataset = Demo();

        var manifest = Train(dataset, new ModelTrainingOptions("logistic", null, Activate: true, Small()));

        Store.ActiveVersion().ShouldBe(manifest.Version);
        manifest.DatasetFingerprint.ShouldBe(dataset.Manifest.Fingerprint);
        manifest.FeatureSet.ShouldBe(ShopFeatures.Set.Name);
        manifest.Files.Select(file => file.Name).ShouldContain(ModelStore.RankerName);
        manifest.Metrics.Keys.ShouldContain("ndcg_at_10_popularity");
        manifest.Ranker.ShouldNotBeNull().Kind.ShouldBe("logistic");
        manifest.Ranker.CalibrationError.ShouldBeInRange(0, 0.1);
        DriftReference.Read(Path.Combine(Store.Folder, manifest.Version)).ShouldNotBeNull().Features.Count.ShouldBe(ShopFeatures.Set.Width);
        var bundle = Store.Load(manifest.Version);
        var query = RetrievalQuery.Create(bundle.Retrieval, UserContext.Empty, [bundle.Items[0]], bundle.Statistics.AsOfMs);
        new CandidateGenerator(bundle.Retrieval).Generate(query, Mixes.Table.Get(Mixes.Default), 50).Count.ShouldBe(50);
    }

    [Fact]
    public void Without_activation_production_stays_as_it_is()
    {
        Train(Demo(), new ModelTrainingOptions("logistic", "v1", Activate: false, Small()));

        Store.ActiveVersion().ShouldBeNull();
        Store.Versions().ShouldBe(["v1"]);
    }

    [Fact]
    public void A_version_that_is_there_is_refused_before_any_work()
    {
        var dataset = Demo();
        Train(dataset, new ModelTrainingOptions("logistic", "v1", Activate: false, Small()));

        Should.Throw<ModelException>(() => Train(dataset, new ModelTrainingOptions("logistic", "v1", Activate: true, Small()))).Message.ShouldContain("v1");
        Store.Versions().ShouldBe(["v1"]);
    }

    [Fact]
    public void A_shop_with_too_few_events_for_a_ranker_gets_a_model_without_one()
    {
        var writer = new DatasetWriter("tiny", "test");
        foreach (var item in new[] { "a", "b", "c" })
            writer.Add(new CatalogItem(item, item, "", 1m, null));
        // All at one moment: there is no future to learn a ranker from.
        for (var n = 0; n < 60; n++)
            writer.Add(new EventRow(1, EventTypes.Purchase, $"u{n % 5}", null, n % 3 == 0 ? "a" : n % 3 == 1 ? "b" : "c"));
        writer.Write(Path.Combine(_folder, "tiny"));

        var manifest = Train(DatasetFolder.Open(Path.Combine(_folder, "tiny")), new ModelTrainingOptions("mlp", "tiny", Activate: true, Small()));

        manifest.Files.Select(file => file.Name).ShouldNotContain(ModelStore.RankerName);
        Store.Load("tiny").Items.Count.ShouldBe(3);
    }

    [Fact]
    public void Data_that_say_nothing_are_refused_and_leave_no_model()
    {
        var writer = new DatasetWriter("one", "test");
        writer.Add(new CatalogItem("a", "a", "", 1m, null));
        for (var n = 0; n < 60; n++)
            writer.Add(new EventRow(n, EventTypes.Purchase, $"u{n}", null, "a"));
        writer.Write(Path.Combine(_folder, "one"));

        Should.Throw<InputException>(() => Train(DatasetFolder.Open(Path.Combine(_folder, "one")), new ModelTrainingOptions("mlp", "one", Activate: true, Small())))
            .Message.ShouldContain("one item, 'a'");

        Store.Versions().ShouldNotContain("one");
        Store.ActiveVersion().ShouldNotBe("one");
    }

    [Fact]
    public void Every_fault_of_the_options_is_named()
    {
        var faults = new RetrievalOptions { Als = new AlsOptions(Factors: 0, Alpha: 0), EaseLambda = -1 }.Faults().ToArray();

        faults.Length.ShouldBe(3);
        faults[0].ShouldContain("als-factors is 0");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ModelManifest Train(DatasetFolder dataset, ModelTrainingOptions options) =>
        new ModelTraining(TimeProvider.System, SilentWorkLog.Instance).Run(dataset, Store, options);

    private static RetrievalOptions Small() => new() { Als = new AlsOptions(Factors: 16, Iterations: 3) };

    private DatasetFolder Demo()
    {
        var folder = Path.Combine(_folder, "demo");
        new DatasetOutput(TimeProvider.System, SilentWorkLog.Instance).Write(
            new DemoShopGenerator(new DemoShopOptions(3, 120, 800, 150, 40)).Generate(SilentWorkLog.Instance), folder, shiftToNow: false);
        return DatasetFolder.Open(folder);
    }
}
