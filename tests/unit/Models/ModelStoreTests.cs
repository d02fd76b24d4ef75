using Shouldly;
using Splitrail.Models;
using Splitrail.Tests.Unit.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-models-").FullName;
    private readonly ModelStore _store;

    public ModelStoreTests() => _store = new ModelStore(_folder);

    [Fact]
    public void What_was_published_is_loaded_equal()
    {
        var model = RetrievalTestModels.Chain(37);
        Publish("v1", model);

        var bundle = _store.Load("v1");

        bundle.Manifest.Version.ShouldBe("v1");
        bundle.Items.Ids.ShouldBe(model.Items.Ids);
        bundle.Statistics.ShouldBeEquivalentTo(model.Statistics);
        bundle.Retrieval.Als.ItemFactors.ShouldBe(model.Als.ItemFactors);
        Row(bundle.Retrieval.ItemKnn, 3).ShouldBe(Row(model.ItemKnn, 3));
        Row(bundle.Retrieval.Ease!, 3).ShouldBe(Row(model.Ease!, 3));
    }

    [Fact]
    public void Vectors_of_words_are_loaded_equal_and_a_model_without_them_serves()
    {
        Publish("words", WithContent(RetrievalTestModels.Chain()));
        Publish("none", RetrievalTestModels.Chain());

        var content = _store.Load("words").Retrieval.Content.ShouldNotBeNull();

        content.Row(3).ToArray().ShouldBe([3f, 4f]);
        var vector = new float[2];
        content.Embed(["mug", "unheard"], vector).ShouldBeTrue();
        vector.ShouldBe([0.6f, 0.8f]);
        _store.Load("none").Retrieval.Content.ShouldBeNull();
    }

    [Theory]
    [InlineData(RetrievalFiles.AlsName)]
    [InlineData(RetrievalFiles.EaseName)]
    [InlineData(RetrievalFiles.ItemKnnName)]
    [InlineData(RetrievalFiles.ContentName)]
    public void A_file_cut_in_half_is_refused_by_name(string name)
    {
        Publish("v1", WithContent(RetrievalTestModels.Chain()));
        var path = Path.Combine(_folder, "v1", name);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);

        Should.Throw<ModelException>(() => _store.Load("v1")).Message.ShouldContain(path);
    }

    [Fact]
    public void A_model_without_ease_falls_back_to_its_neighbours()
    {
        Publish("v1", RetrievalTestModels.Chain() with { Ease = null });

        _store.Load("v1").Retrieval.ItemToItem.ShouldBeOfType<ItemKnnModel>();
    }

    [Fact]
    public void Files_that_others_put_into_the_draft_are_in_the_manifest()
    {
        Publish("v1", RetrievalTestModels.Chain(), draft => File.WriteAllText(Path.Combine(draft.Folder, "ranker.onnx"), "net"));

        _store.ReadManifest("v1").Files.Single(file => file.Name == "ranker.onnx").Bytes.ShouldBe(3);
        _store.LoadForRanking("v1").Items.Count.ShouldBe(40);
    }

    [Fact]
    public void A_damaged_file_is_refused_by_name()
    {
        Publish("v1", RetrievalTestModels.Chain());
        var path = Path.Combine(_folder, "v1", RetrievalFiles.AlsName);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        Should.Throw<ModelException>(() => _store.Load("v1")).Message.ShouldContain(path);
    }

    [Fact]
    public void A_lost_file_is_refused_by_name()
    {
        Publish("v1", RetrievalTestModels.Chain());
        File.Delete(Path.Combine(_folder, "v1", RetrievalFiles.EaseName));

        Should.Throw<ModelException>(() => _store.Load("v1")).Message.ShouldContain("ease.bin");
    }

    [Fact]
    public void An_unknown_version_is_refused_with_the_known_ones()
    {
        Publish("v1", RetrievalTestModels.Chain());

        Should.Throw<ModelException>(() => _store.Load("v2")).Message.ShouldContain("v1");
        Should.Throw<ModelException>(() => _store.Activate("v2"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../v1")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public void A_version_that_could_leave_the_folder_is_refused(string version) =>
        Should.Throw<ModelException>(() => _store.Draft(version));

    [Fact]
    public void An_abandoned_draft_leaves_nothing()
    {
        using (var draft = _store.Draft("v1"))
            File.WriteAllText(Path.Combine(draft.Folder, "x"), "x");

        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
        _store.Versions().ShouldBeEmpty();
    }

    [Fact]
    public void The_active_version_can_be_moved_forth_and_back()
    {
        _store.ActiveVersion().ShouldBeNull();
        Publish("v1", RetrievalTestModels.Chain());
        Publish("v2", RetrievalTestModels.Chain());

        _store.Activate("v2");
        _store.ActiveVersion().ShouldBe("v2");
        _store.Activate("v1");
        _store.ActiveVersion().ShouldBe("v1");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Publish(string version, RetrievalModel model, Action<ModelDraft>? more = null)
    {
        using var draft = _store.Draft(version);
        RetrievalFiles.Write(draft.Folder, model);
        more?.Invoke(draft);
        draft.Commit(new ModelManifest(
            "", DateTimeOffset.UnixEpoch, "test", "00", "none", model.Items.Count, 1, model.Statistics.AsOfMs, [],
            new Dictionary<string, double> { ["ndcg"] = 0.5 }, new Dictionary<string, double>()));
    }

    private static RetrievalModel WithContent(RetrievalModel model) => model with
    {
        Content = new ContentModel(2, ["mug", "tea"], [3f, 4f, 1f, 0f], [.. Enumerable.Range(0, model.Items.Count).SelectMany(static item => new[] { (float)item, item + 1f })]),
    };

    private static float[] Row(IItemToItem model, int item)
    {
        var scores = new float[40];
        model.AddRow(item, 1f, scores);
        return scores;
    }
}
