import flash.events.DataEvent;
import flash.events.Event;
import flash.events.IOErrorEvent;
import flash.events.ProgressEvent;
import flash.external.ExternalInterface;
import flash.net.Socket;
import flash.net.XMLSocket;
import flash.utils.ByteArray;

// A movie for the second virtual machine: a chat line over XMLSocket, and a handshake of SFS2X over Socket.
class Probe {
  static function say(text:String) {
    ExternalInterface.call("told", text);
  }

  static function main() {
    overXmlSocket(new XMLSocket());
    overSocket(new Socket());
  }

  static function overXmlSocket(socket:XMLSocket) {
    function send(action:String, parameters:String) {
      socket.send("<XmlDoc><Action>" + action + "</Action><Parameters>" + parameters + "</Parameters></XmlDoc>");
    }
    socket.addEventListener(DataEvent.DATA, function(event:DataEvent) {
      say("XMLSocket " + event.data);
      if (event.data.indexOf("ConnectionResponse") > 0)
        send("Login", "<Name>Probe</Name><Password></Password><UserVariables/>");
    });
    socket.addEventListener(Event.CLOSE, function(_) say("XMLSocket close"));
    socket.addEventListener(IOErrorEvent.IO_ERROR, function(event:IOErrorEvent) say("XMLSocket " + event.text));
    socket.connect("127.0.0.1", 9875);
  }

  // The object {c: BYTE 0, a: SHORT 0, p: {api: "1.8.0", cl: "Flash"}} in its packet.
  static function overSocket(socket:Socket) {
    function name(bytes:ByteArray, text:String, type:Int) {
      bytes.writeUTF(text);
      bytes.writeByte(type);
    }
    var body = new ByteArray();
    body.writeByte(18);
    body.writeShort(3);
    name(body, "c", 2);
    body.writeByte(0);
    name(body, "a", 3);
    body.writeShort(0);
    name(body, "p", 18);
    body.writeShort(2);
    name(body, "api", 8);
    body.writeUTF("1.8.0");
    name(body, "cl", 8);
    body.writeUTF("Flash");
    socket.addEventListener(Event.CONNECT, function(_) {
      socket.writeByte(0x80);
      socket.writeShort(body.length);
      socket.writeBytes(body);
      socket.flush();
    });
    socket.addEventListener(ProgressEvent.SOCKET_DATA, function(_) {
      var header = socket.readUnsignedByte();
      var length = socket.readUnsignedShort();
      say("Socket " + header + " " + (length - socket.bytesAvailable) + " " + socket.readUnsignedByte());
    });
    socket.addEventListener(Event.CLOSE, function(_) say("Socket close"));
    socket.addEventListener(IOErrorEvent.IO_ERROR, function(event:IOErrorEvent) say("Socket " + event.text));
    socket.connect("127.0.0.1", 9933);
  }
}
