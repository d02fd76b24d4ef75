using Google.Protobuf;

namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>A protobuf message: its fields in the order they were added, written out when the whole is asked for.</summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];

    public ProtoMessage Text(int field, string value) => Add(output =>
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    });

    public ProtoMessage Number(int field, long value) => Add(output =>
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    });

    public ProtoMessage Float(int field, float value) => Add(output =>
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    });

    public ProtoMessage Bytes(int field, byte[] value) => Add(output =>
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    });

    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToBytes());

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        foreach (var write in _fields)
            write(output);
        output.Flush();
        return bytes.ToArray();
    }

    private ProtoMessage Add(Action<CodedOutputStream> write)
    {
        _fields.Add(write);
        return this;
    }
}
