using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>Who looks at the shop window, and what he did there. All of it is in a cookie: a page has no state on the server.</summary>
/// <param name="Session">Of this visit.</param>
/// <param name="User">The user whose eyes are borrowed; null for a guest.</param>
/// <param name="Count">Steps so far: makes ids of events.</param>
/// <param name="Steps">The latest, oldest first.</param>
/// <param name="Cart">Ids.</param>
/// <param name="Shown">The list for the shopper as it was shown last.</param>
/// <param name="Before">The one before the latest step: what the step changed is seen against it.</param>
public sealed record Shopper(
    string Session, string? User, int Count, IReadOnlyList<Step> Steps, IReadOnlyList<string> Cart, IReadOnlyList<string> Shown, IReadOnlyList<string> Before)
{
    private const int MostSteps = 16;
    private const int MostInCart = 12;

    public static ValueTask<Shopper?> BindAsync(HttpContext context) => ValueTask.FromResult<Shopper?>(ShopperCookie.Read(context.Request));

    public static Shopper New(string session, string? user) => new(session, user, 0, [], [], [], []);

    /// <summary>Items of the steps, oldest first, each once: what the recommender is told of this visit.</summary>
    public IReadOnlyList<string> Seen => [.. Steps.Select(static step => step.Item).Reverse().Distinct(StringComparer.Ordinal).Reverse()];

    public Step? Last => Steps is [.., var last] ? last : null;

    /// <summary>The list by which an item was come to; null when it was none.</summary>
    public string? RequestOf(string item) => Steps.LastOrDefault(step => step.Item == item && step.Request is not null)?.Request;

    public int? StarsOf(string item) => Steps.LastOrDefault(step => step.Item == item && step.Kind == EventTypes.Rating)?.Stars;

    public Shopper With(Step step) => this with { Count = Count + 1, Steps = [.. Steps.Append(step).TakeLast(MostSteps)], Before = Shown };

    public Shopper Showing(IEnumerable<ShopItem> list) => this with { Shown = [.. list.Select(static item => item.ItemId)] };

    public Shopper Adding(string item) => this with { Cart = [.. Cart.Where(id => id != item).Append(item).TakeLast(MostInCart)] };

    public Shopper Removing(IEnumerable<string> items) => this with { Cart = [.. Cart.Except(items, StringComparer.Ordinal)] };
}

/// <param name="Kind">One of <see cref="EventTypes"/>.</param>
/// <param name="Item">The item.</param>
/// <param name="Stars">Of a rating.</param>
/// <param name="Request">The list that led to it.</param>
public sealed record Step(string Kind, string Item, int? Stars = null, string? Request = null);
