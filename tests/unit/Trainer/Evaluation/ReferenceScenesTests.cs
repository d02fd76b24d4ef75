using Shouldly;
using Splitrail.Datasets;
using Splitrail.Retrieval;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer.Evaluation;
using Splitrail.Trainer.Evaluation.References;
using Splitrail.Trainer.Import;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Evaluation;

/// <summary>The models against figures of other implementations under the same protocols; a standard error is .009 on the films, .003 to .007 on the shop.</summary>
public sealed class ReferenceScenesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-reference-").FullName;

    [RealDataFact("movielens-small")]
    public void On_films_als_and_ease_reach_the_figures_known_for_them()
    {
        var options = new RetrievalOptions { EaseLambda = 200, EaseWords = 0, Als = new AlsOptions(Iterations: 15) };

        ReferenceScene[] test = [FilmScenes.Of(Import("movielens-small", "movielens"), options, SplitPart.Test)];

        test[0].Cases.Count.ShouldBe(594);
        Ndcg(test, Mixes.Popular).ShouldBe(0.139, 0.009);
        Ndcg(test, Mixes.Als).ShouldBe(0.274, 0.009);
        Ndcg(test, Mixes.ItemToItem).ShouldBe(0.271, 0.009);
    }

    [RealDataFact("movielens-small")]
    public void Words_make_ease_better_on_films()
    {
        var dataset = Import("movielens-small", "movielens");
        var options = new RetrievalOptions { EaseLambda = 200, Als = new AlsOptions(Factors: 16, Iterations: 1) };

        var with = Ndcg([FilmScenes.Of(dataset, options with { EaseWords = 0.1f }, SplitPart.Test)], Mixes.ItemToItem);
        var without = Ndcg([FilmScenes.Of(dataset, options with { EaseWords = 0 }, SplitPart.Test)], Mixes.ItemToItem);

        with.ShouldBeGreaterThan(without + 0.004);
    }

    [RealDataFact("online-retail")]
    [Trait("Category", "Long")]
    public void In_a_shop_new_items_and_repeats_are_found_as_well_as_known()
    {
        var customers = new CustomerScenes(Import("online-retail", "online-retail"), ReferencePeriod.Test, new RetrievalOptions { EaseLambda = 1000 });

        ReferenceScene[] onlyNew = [customers.Asked(onlyNew: true)];
        ReferenceScene[] all = [customers.Asked(onlyNew: false)];

        onlyNew[0].Cases.Count.ShouldBe(1768);
        Ndcg(onlyNew, Mixes.ItemToItem).ShouldBeGreaterThan(0.105 - 0.004);
        Ndcg(onlyNew, Mixes.Als).ShouldBeGreaterThan(0.1005 - 0.004);
        all[0].Cases.Count.ShouldBe(1838);
        Ndcg(all, Mixes.Als).ShouldBeGreaterThan(0.308 - 0.007);
        Ndcg(all, Mixes.ItemToItem).ShouldBeGreaterThan(0.2716 - 0.007);
    }

    [RealDataFact("online-retail")]
    [Trait("Category", "Long")]
    public void A_guest_gets_better_lists_the_first_click_and_fresh_popularity_makes_the_difference()
    {
        var guests = new GuestScenes(Import("online-retail", "online-retail"), ReferencePeriod.Test, new RetrievalOptions());

        guests.Given(1).Sum(static day => day.Cases.Count).ShouldBe(4236);
        Ndcg(guests.Given(0), Mixes.Default).ShouldBeGreaterThan(0.1098 - 0.003);
        Ndcg(guests.Given(1), Mixes.Default).ShouldBeGreaterThan(0.165 - 0.003);
        Ndcg(guests.Given(3), Mixes.Default).ShouldBeGreaterThan(0.158 - 0.003);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Ndcg(IReadOnlyList<ReferenceScene> scenes, string mix) => ReferenceScene.Of(scenes, Mixes.Table.Get(mix)).Ndcg;

    private DatasetFolder Import(string data, string format)
    {
        var folder = Path.Combine(_folder, "dataset");
        new Importer(TimeProvider.System, SilentWorkLog.Instance)
            .Import(new ImportRequest(RealDataFactAttribute.PathOf(data), format, folder, new Dictionary<string, string>(), ShiftToNow: false));
        return DatasetFolder.Open(folder);
    }
}
