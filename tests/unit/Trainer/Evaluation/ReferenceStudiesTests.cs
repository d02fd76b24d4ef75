using Shouldly;
using Splitrail.Datasets;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer.Evaluation;
using Splitrail.Trainer.Import;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Evaluation;

/// <summary>The models against figures of other implementations under the same protocols; a standard error is .009 on the films, .004 on the shop.</summary>
public sealed class ReferenceStudiesTests : IDisposable
{
    private static readonly long s_october = new DateTimeOffset(2011, 10, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-reference-").FullName;

    [RealDataFact("movielens-small")]
    public void On_films_als_and_ease_reach_the_figures_known_for_them()
    {
        var qualities = ReferenceStudies.HashSplitRatings(Import("movielens-small", "movielens"), new RetrievalOptions { EaseLambda = 200 });

        qualities[Recommenders.Als].Users.ShouldBe(594);
        qualities[Recommenders.Popularity].Ndcg.ShouldBe(0.139, 0.009);
        qualities[Recommenders.Als].Ndcg.ShouldBe(0.274, 0.009);
        qualities[Recommenders.ItemToItem].Ndcg.ShouldBe(0.271, 0.009);
        qualities[Recommenders.ItemKnn].Ndcg.ShouldBeGreaterThan(0.2);
    }

    [RealDataFact("online-retail")]
    [Trait("Category", "Long")]
    public void In_a_shop_new_items_and_repeats_are_found_as_well_as_known()
    {
        var dataset = Import("online-retail", "online-retail");

        var onlyNew = ReferenceStudies.Customers(dataset, s_october, onlyNew: true, new RetrievalOptions { EaseLambda = 1000 });
        var all = ReferenceStudies.Customers(dataset, s_october, onlyNew: false, new RetrievalOptions { EaseLambda = 1000 });

        onlyNew[Recommenders.ItemToItem].Users.ShouldBe(1768);
        onlyNew[Recommenders.ItemToItem].Ndcg.ShouldBeGreaterThan(0.105 - 0.004);
        onlyNew[Recommenders.Als].Ndcg.ShouldBeGreaterThan(0.1005 - 0.004);
        all[Recommenders.Als].Users.ShouldBe(1838);
        all[Recommenders.Als].Ndcg.ShouldBeGreaterThan(0.308 - 0.007);
        all[Recommenders.ItemToItem].Ndcg.ShouldBeGreaterThan(0.2716 - 0.007);
    }

    [RealDataFact("online-retail")]
    [Trait("Category", "Long")]
    public void For_a_session_of_one_item_ease_beats_popularity_as_much_as_known()
    {
        var qualities = ReferenceStudies.Sessions(Import("online-retail", "online-retail"), s_october, given: 1, new RetrievalOptions());

        qualities[Recommenders.ItemToItem].Users.ShouldBe(4236);
        qualities[Recommenders.ItemToItem].Ndcg.ShouldBeGreaterThan(0.1418 - 0.003);
        qualities[Recommenders.Als].Ndcg.ShouldBeGreaterThan(0.1304 - 0.003);
        qualities[Recommenders.Blend].Ndcg.ShouldBeGreaterThan(qualities[Recommenders.ItemToItem].Ndcg);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DatasetFolder Import(string data, string format)
    {
        var folder = Path.Combine(_folder, "dataset");
        new Importer(TimeProvider.System, SilentWorkLog.Instance)
            .Import(new ImportRequest(RealDataFactAttribute.PathOf(data), format, folder, new Dictionary<string, string>(), ShiftToNow: false));
        return DatasetFolder.Open(folder);
    }
}
