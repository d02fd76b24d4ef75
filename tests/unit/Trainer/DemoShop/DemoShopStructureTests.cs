using Shouldly;
using Splitrail.Datasets;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.DemoShop;

/// <summary>The shop is made so that there is something to learn: simple predictors stand in the order that real shops show.</summary>
public sealed class DemoShopStructureTests(DemoShopScene scene) : IClassFixture<DemoShopScene>
{
    private const long DayMs = 86_400_000;
    private const int Shown = 10;

    [Fact]
    public void One_item_of_a_guest_tells_more_of_the_next_than_popularity_does()
    {
        var popular = Best(scene.Events.Where(IsTraining));
        var together = Together();
        HitRate((_, seen) => together.GetValueOrDefault(seen) ?? popular).ShouldBeGreaterThan(2 * HitRate((_, _) => popular));
    }

    [Fact]
    public void What_sold_in_the_last_seven_days_beats_what_sold_ever()
    {
        var ever = Best(scene.Events.Where(IsTraining));
        var byDay = scene.Events.ToLookup(row => row.TimestampMs / DayMs);
        var lastWeek = new Dictionary<long, List<string>>();
        List<string> LastWeek(long day) =>
            lastWeek.TryGetValue(day, out var known) ? known : lastWeek[day] = Best(Enumerable.Range(1, 7).SelectMany(back => byDay[day - back]));
        HitRate((time, _) => LastWeek(time / DayMs)).ShouldBeGreaterThan(1.2 * HitRate((_, _) => ever));
    }

    private long Cut => scene.Manifest.FirstEventMs + ((scene.Manifest.LastEventMs - scene.Manifest.FirstEventMs) * 8 / 10);

    private bool IsTraining(EventRow row) => row.TimestampMs < Cut;

    /// <summary>Share of held-out guest sessions whose second item is among the ten shown after their first.</summary>
    private double HitRate(Func<long, string, List<string>> predict)
    {
        var (hits, sessions) = (0, 0);
        foreach (var session in scene.Sessions.Where(session => session[0].UserId is null && !IsTraining(session[0])))
        {
            var items = session.Select(row => row.ItemId).Distinct().Take(2).ToList();
            if (items.Count < 2) continue;
            sessions++;
            if (predict(session[0].TimestampMs, items[0]).Where(item => item != items[0]).Take(Shown).Contains(items[1])) hits++;
        }
        sessions.ShouldBeGreaterThan(1_000);
        return (double)hits / sessions;
    }

    /// <summary>For each item, those most often in one training session with it.</summary>
    private Dictionary<string, List<string>> Together()
    {
        var pairs =
            from session in scene.Sessions
            where IsTraining(session[0])
            let items = session.Select(row => row.ItemId).Distinct().ToList()
            from first in items
            from second in items
            where first != second
            select (first, second);
        return pairs.GroupBy(pair => pair.first).ToDictionary(group => group.Key, group => Ranked(group.Select(pair => pair.second)));
    }

    private static List<string> Best(IEnumerable<EventRow> rows) => Ranked(rows.Select(row => row.ItemId));

    private static List<string> Ranked(IEnumerable<string> items) =>
    [
        .. items.CountBy(item => item)
            .OrderByDescending(item => item.Value)
            .ThenBy(item => item.Key, StringComparer.Ordinal)
            .Take(Shown + 1)
            .Select(item => item.Key),
    ];
}
