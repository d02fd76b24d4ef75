using Shouldly;
using Splitrail.Trainer;
using Splitrail.Trainer.Import;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import;

public sealed class ImporterTests : IDisposable
{
    private const string Good = "user,item,time\nu,a,2026-03-01T10:30:00Z\nu,b,2026-02-01T00:00:00Z\n";

    private readonly ImportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("2010-12-01T10:30:00Z", "2026-03-10T10:30:00Z")]
    [InlineData("2010-12-01T13:30:00Z", "2026-03-09T13:30:00Z")]
    [InlineData("2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z")]
    [InlineData("2026-03-09T12:00:01Z", "2026-03-09T12:00:01Z")]
    [InlineData("2030-01-01T13:30:00Z", "2026-03-09T13:30:00Z")]
    public void Times_move_by_whole_days_until_the_last_is_less_than_a_day_old(string last, string moved)
    {
        _scene.With("log.csv", $"user,item,time\nu,a,{last}\nu,b,2004-01-01T00:00:00Z\n").Import("csv", shift: true);
        _scene.Events[^1].TimestampMs.ShouldBe(ImportScene.Ms(moved));
        var shift = _scene.Result!.Manifest.TimeShiftMs;
        (shift % 86_400_000).ShouldBe(0);
        (_scene.Events[0].TimestampMs - shift).ShouldBe(ImportScene.Ms("2004-01-01T00:00Z"));
    }

    [Fact]
    public void Without_a_shift_times_stay()
    {
        _scene.With("log.csv", Good).Import("csv");
        _scene.Result!.Manifest.TimeShiftMs.ShouldBe(0);
        _scene.Events[^1].TimestampMs.ShouldBe(ImportScene.Ms("2026-03-01T10:30Z"));
    }

    [Fact]
    public void The_same_source_gives_the_same_fingerprint()
    {
        var first = _scene.With("log.csv", Good).Import("csv").Result!.Manifest.Fingerprint;
        _scene.Import("csv").Result!.Manifest.Fingerprint.ShouldBe(first);
    }

    [Fact]
    public void Gzip_is_told_by_content_not_by_name()
    {
        _scene.With("log.csv", ImportScene.Gzip(Good)).Import("csv");
        _scene.Events.Count.ShouldBe(2);
    }

    [Fact]
    public void Only_the_first_ten_bad_rows_are_kept_but_all_are_counted()
    {
        _scene.With("log.csv", Good + string.Concat(Enumerable.Repeat("u,,now\n", 25))).Import("csv");
        _scene.Result!.Ledger.Bad.ShouldBe(25);
        _scene.BadRows.Count.ShouldBe(10);
        _scene.BadRows[0].ShouldStartWith("4: ");
    }

    [Fact]
    public void Every_row_is_kept_dropped_or_bad()
    {
        _scene.With("log.csv", Good + "u,,now\n").Import("csv");
        var tally = _scene.Result!.Ledger.Files.Single();
        (tally.Kept + tally.Bad + tally.Dropped.Values.Sum()).ShouldBe(tally.Read);
    }

    [Fact]
    public void An_unknown_format_lists_the_known_ones()
    {
        var message = Should.Throw<InputException>(() => _scene.Import("xml")).Message;
        foreach (var name in ImportFormats.Names) message.ShouldContain(name);
    }

    [Fact]
    public void A_map_for_a_format_with_fixed_columns_is_refused() =>
        Should.Throw<InputException>(() => _scene.Import("movielens", map: ["user=x"])).Message.ShouldContain("movielens");

    [Fact]
    public void A_missing_path_is_told() =>
        Should.Throw<InputException>(() => _scene.Import("csv", data: "/nowhere/at-all.csv")).Message.ShouldContain("/nowhere/at-all.csv");

    [Fact]
    public void A_folder_with_several_tables_asks_for_one()
    {
        _scene.With("a.csv", Good).With("b.csv", Good);
        Should.Throw<InputException>(() => _scene.Import("csv")).Message.ShouldContain("a.csv, b.csv");
    }
}
