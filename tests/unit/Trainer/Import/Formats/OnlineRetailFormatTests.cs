using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Tests.Unit.Datasets;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Formats;

public sealed class OnlineRetailFormatTests : IDisposable
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private readonly ImportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [RealDataFact("online-retail")]
    public void The_real_shop_keeps_exactly_the_lines_the_filter_keeps()
    {
        _scene.Import("online-retail", RealDataFactAttribute.PathOf("online-retail"));
        var tally = _scene.Result!.Ledger.Files.ShouldHaveSingleItem();
        var events = _scene.Events;
        tally.ShouldSatisfyAllConditions(
            () => tally.Read.ShouldBe(541_909),
            () => tally.Kept.ShouldBe(527_725),
            () => tally.Bad.ShouldBe(0),
            () => _scene.Result.Manifest.Users.ShouldBe(4_334),
            () => _scene.Result.Manifest.Items.ShouldBe(3_791),
            () => _scene.Result.Manifest.GuestSessions.ShouldBe(1_371),
            () => (events.Count(row => row.UserId is null) / (double)events.Count).ShouldBe(0.249, 0.0005),
            () => _scene.Items["85123A"].ShouldBe(new CatalogItem("85123A", "White Hanging Heart T-Light Holder", "holder", 2.95m, null)));
    }

    [Fact]
    public void A_line_becomes_a_purchase_in_the_session_of_its_invoice()
    {
        Import("536365,85123a,WHITE LANTERN,6,2010-12-01 08:26,2.55,17850,United Kingdom");
        _scene.Events.ShouldBe([new EventRow(ImportScene.Ms("2010-12-01T08:26Z"), EventTypes.Purchase, "17850", "536365", "85123A", 6, 2_550_000)]);
    }

    [Fact]
    public void A_line_without_customer_is_a_guests()
    {
        Import("536365,85123,WHITE LANTERN,6,2010-12-01 08:26,2.55,,United Kingdom");
        _scene.Events.Single().UserId.ShouldBeNull();
        _scene.Result!.Manifest.GuestSessions.ShouldBe(1);
    }

    [Fact]
    public void Equal_lines_of_one_invoice_stay_separate_events()
    {
        const string Line = "536365,85123,WHITE LANTERN,6,2010-12-01 08:26,2.55,17850,United Kingdom";
        Import(Line, Line);
        _scene.Events.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("C536379,22423,STAND,1,2010-12-01 08:26,2.55,17850,UK", "cancellations")]
    [InlineData("536379,22423,STAND,0,2010-12-01 08:26,2.55,17850,UK", "Quantity")]
    [InlineData("536379,22423,STAND,-3,2010-12-01 08:26,2.55,17850,UK", "Quantity")]
    [InlineData("536379,22423,STAND,1,2010-12-01 08:26,0,17850,UK", "UnitPrice")]
    [InlineData("536379,22423,STAND,1,2010-12-01 08:26,-11062.06,17850,UK", "UnitPrice")]
    [InlineData("536379,POST,POSTAGE,1,2010-12-01 08:26,18,17850,UK", "merchandise")]
    [InlineData("536379,2242,SHORT,1,2010-12-01 08:26,18,17850,UK", "merchandise")]
    public void What_is_no_sale_of_merchandise_is_dropped_by_name(string line, string filter)
    {
        Import(line, "536365,85123,WHITE LANTERN,6,2010-12-01 08:26,2.55,17850,UK");
        var dropped = _scene.Result!.Ledger.Files.Single().Dropped.ShouldHaveSingleItem();
        dropped.Key.ShouldContain(filter);
        _scene.Result.Ledger.Bad.ShouldBe(0);
    }

    [Theory]
    [InlineData("536379,22423,STAND,many,2010-12-01 08:26,2.55,17850,UK", "3: Quantity 'many' is not a whole number")]
    [InlineData("536379,22423,STAND,1,yesterday,2.55,17850,UK", "3: InvoiceDate 'yesterday' is not a time like yyyy-MM-dd HH:mm")]
    [InlineData("536379,22423,STAND,1,2010-12-01 08:26,cheap,17850,UK", "3: UnitPrice 'cheap' is not a number")]
    [InlineData(",22423,STAND,1,2010-12-01 08:26,2,17850,UK", "3: InvoiceNo '' is empty")]
    [InlineData("536379,22423", "3: has 2 columns where the header has 8")]
    [InlineData("536379,22423,\"STAND,1,2010-12-01 08:26,2,17850,UK", "3: has quotes that do not match")]
    public void A_bad_line_is_told_with_its_number_and_value(string line, string told)
    {
        Import("536365,85123,WHITE LANTERN,6,2010-12-01 08:26,2.55,17850,UK", line);
        _scene.BadRows.ShouldBe([told]);
        _scene.Events.Count.ShouldBe(1);
    }

    [Fact]
    public void An_item_has_its_most_frequent_title_and_its_median_price()
    {
        Import(
            "1,22423,CAKE STAND,1,2010-12-01 08:26,9,1,UK",
            "2,22423,WRONG,1,2010-12-02 08:26,2,1,UK",
            "3,22423,CAKE STAND,1,2010-12-03 08:26,10,1,UK",
            "4,22423,,1,2010-12-04 08:26,100,1,UK",
            "5,22423,,1,2010-12-04 08:26,11,1,UK");
        _scene.Items["22423"].Title.ShouldBe("Cake Stand");
        _scene.Items["22423"].Price.ShouldBe(10m);
        _scene.Items["22423"].Stock.ShouldBeNull();
    }

    [Fact]
    public void American_dates_of_the_original_file_are_read_too()
    {
        Import("536365,85123,LANTERN,6,12/1/2010 8:26,2.55,17850,UK");
        _scene.Events.Single().TimestampMs.ShouldBe(ImportScene.Ms("2010-12-01T08:26Z"));
    }

    private void Import(params string[] lines) => _scene.With("shop.csv", Header + string.Join('\n', lines)).Import("online-retail");
}
