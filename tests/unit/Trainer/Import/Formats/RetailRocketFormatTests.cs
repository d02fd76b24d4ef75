using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Formats;

public sealed class RetailRocketFormatTests : IDisposable
{
    private const string Header = "timestamp,visitorid,event,itemid,transactionid\n";
    private const string PropertiesHeader = "timestamp,itemid,property,value\n";

    private readonly ImportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Visitors_are_users_and_events_get_our_names()
    {
        const string Rows = "1433221332117,257597,view,355908,\n1433221332118,257597,addtocart,355908,\n1433221332119,9,transaction,7,4000\n";
        _scene.With("events.csv", Header + Rows).Import("retailrocket");
        _scene.Events.ShouldBe(
        [
            new EventRow(1433221332117, EventTypes.View, "257597", null, "355908"),
            new EventRow(1433221332118, EventTypes.AddToCart, "257597", null, "355908"),
            new EventRow(1433221332119, EventTypes.Purchase, "9", null, "7"),
        ]);
    }

    [Fact]
    public void The_latest_category_and_availability_win_over_both_parts()
    {
        _scene.With("events.csv", Header + "1433221332117,1,view,5,\n1433221332117,1,view,6,\n")
            .With("item_properties_part1.csv", PropertiesHeader + "2000,5,categoryid,new\n2000,5,available,0\n2000,8,categoryid,x\n2000,5,790,n1.0\n")
            .With("item_properties_part2.csv.gz", ImportScene.Gzip(PropertiesHeader + "1000,5,categoryid,old\n1000,5,available,1\n1000,6,available,1\n"))
            .Import("retailrocket");
        _scene.Items["5"].Category.ShouldBe("new");
        _scene.Items["5"].Stock.ShouldBe(0);
        _scene.Items["6"].Stock.ShouldBeNull();
        _scene.Items.Count.ShouldBe(2);
    }

    [Fact]
    public void An_unknown_event_is_a_bad_row()
    {
        _scene.With("events.csv", Header + "1433221332117,1,view,5,\n1433221332117,1,stare,5,\n").Import("retailrocket");
        _scene.BadRows.ShouldBe(["3: event 'stare' is not one of view, addtocart, transaction"]);
    }
}
