using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.TryIt;

/// <summary>Asks the gateway what each arm would serve. Nothing of it is counted, and other experiments are left out, so that only this one makes a difference.</summary>
internal sealed class TryItReader(DefinitionStore store, ShopApi shop)
{
    private const int Items = 10;
    private const int FoundItems = 8;
    private const int SuggestedUsers = 50;

    /// <param name="question">What was asked; null on the first visit, which shows a running experiment for some user.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<TryItModel> ReadAsync(TryItQuestion? question, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        ExperimentRecord[] open = [.. set.Records.Where(static record => record.State != ExperimentState.Archived).OrderByDescending(static record => record.IsRunning)];
        var users = await shop.UsersAsync(SuggestedUsers, cancellationToken);
        question ??= new TryItQuestion(open.FirstOrDefault()?.Id ?? "", users.Value?.Users is [var first, ..] ? first : "", "", "", "");
        List<string> faults = [.. question.Faults];
        var chosen = open.FirstOrDefault(record => record.Id == question.Experiment);
        if (question.Experiment.Length > 0 && chosen is null)
            faults.Add($"There is no experiment '{question.Experiment}', or it was archived: choose another one.");
        var model = new TryItModel(question, faults, [.. open.Select(static record => (record.Id, record.State.NameOf()))], users, null, [], null, null);
        return question.Faults.Count > 0 ? model : await AskAsync(model, chosen?.Definition, cancellationToken);
    }

    private async Task<TryItModel> AskAsync(TryItModel model, DefinedExperiment? chosen, CancellationToken cancellationToken)
    {
        var question = model.Question;
        var request = new ShopRequest(question.User is { Length: > 0 } user ? user : null, null, question.ItemIds, Items);
        var found = string.IsNullOrWhiteSpace(question.Words) ? null : shop.SearchAsync(question.Words, null, request with { UserId = null, SessionItems = null, NumItems = FoundItems }, facets: false, cancellationToken);
        var similar = question.Similar.Length == 0 ? null : shop.SimilarAsync(question.Similar, Items, cancellationToken);
        var plain = shop.PreviewAsync(request, null, cancellationToken);
        var arms = await Task.WhenAll((chosen?.Arms ?? []).Select(async arm => (Arm: arm, Made: await shop.PreviewAsync(request, arm.Parameters, cancellationToken))));
        var without = await plain;
        return model with
        {
            Found = found is null ? null : await found,
            Similar = similar is null ? null : await similar,
            Lists = [new TriedList("Without experiment", "the shop as it is", ListOf(without), null), .. arms.Select(one => TriedOf(one.Arm, one.Made, without))],
            Known = await KnownAsync(without.Value, cancellationToken),
        };
    }

    private static TriedList TriedOf(DefinedArm arm, Asked<ShopPreview> made, Asked<ShopPreview> without)
    {
        var change = made.Value?.List is { } list && without.Value?.List is { Shown.Count: > 0 } plain ? ListChange.Between(Ids(plain), Ids(list)) : null;
        return new TriedList(arm.Control ? $"{arm.Id} (control)" : arm.Id, ArmText.Of(arm.Parameters), ListOf(made), change);
    }

    private async Task<KnownShopper?> KnownAsync(ShopPreview? made, CancellationToken cancellationToken) => made?.Events is { } events
        ? new KnownShopper(events, (await shop.ItemsAsync(made.History ?? [], cancellationToken)).Value?.Items ?? [])
        : null;

    private static Asked<ShopList> ListOf(Asked<ShopPreview> made) => new(made.Value?.List, made.Problem, made.Status);

    private static string[] Ids(ShopList list) => [.. list.Shown.Select(static item => item.ItemId)];
}
