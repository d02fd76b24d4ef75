using System.Runtime.InteropServices;

namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>An operator's attribute, as an AttributeProto.</summary>
internal sealed class OnnxAttribute
{
    private const int FloatType = 1;
    private const int LongType = 2;
    private const int TextType = 3;
    private const int FloatsType = 6;
    private const int LongsType = 7;
    private const int TextsType = 8;

    private OnnxAttribute(string name, int type, Action<ProtoMessage> value)
    {
        Message = new ProtoMessage().Text(1, name);
        value(Message);
        Message.Number(20, type);
    }

    public ProtoMessage Message { get; }

    public static OnnxAttribute Of(string name, long value) => new(name, LongType, message => message.Number(3, value));

    public static OnnxAttribute Of(string name, string value) => new(name, TextType, message => message.Text(4, value));

    public static OnnxAttribute Of(string name, float[] values) =>
        new(name, FloatsType, message => message.Bytes(7, MemoryMarshal.AsBytes<float>(values).ToArray()));

    public static OnnxAttribute Of(string name, IEnumerable<int> values) => new(name, LongsType, message =>
    {
        foreach (var value in values)
            message.Number(8, value);
    });

    public static OnnxAttribute Of(string name, IEnumerable<string> values) => new(name, TextsType, message =>
    {
        foreach (var value in values)
            message.Text(9, value);
    });

    public static OnnxAttribute Of(string name, float value) => new(name, FloatType, message => message.Float(2, value));
}
