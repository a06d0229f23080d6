// A client of the ElectroServer 3 protocol with the methods and events of the class that came with the server.
// Written in prototypes, as the first classes of ActionScript were.

function ElectroServer() {
  this.isConnected = false;
  this.zone = {name: "", rooms: [], users: []};
}

ElectroServer.getInstance = function():ElectroServer {
  if (ElectroServer.instance == undefined) { ElectroServer.instance = new ElectroServer(); }
  return ElectroServer.instance;
};

ElectroServer.prototype.setIP = function(ip:String) { this.ip = ip; };
ElectroServer.prototype.setPort = function(port:Number) { this.port = port; };
ElectroServer.prototype.getRoomList = function():Array { return this.zone.rooms; };
ElectroServer.prototype.getUserList = function():Array { return this.zone.users; };

// The server has the first word: only its greeting counts as a connection. After a denial it closes the line, which is
// nothing new then.
ElectroServer.prototype.connect = function() {
  var socket:XMLSocket = new XMLSocket();
  var es = this;
  this.socket = socket;
  this.isAnswered = false;
  socket.onConnect = function(success:Boolean) {
    if (!success) { es.onConnection(false, "Could not establish a server connection"); }
  };
  socket.onXML = function(document:XML) {
    var parts:Array = document.firstChild.childNodes;
    es.read(parts[0].firstChild.nodeValue, parts[1]);
  };
  socket.onClose = function() {
    var wasConnected:Boolean = es.isConnected;
    es.isConnected = false;
    if (wasConnected) { es.connectionClosed(); }
    else if (!es.isAnswered) { es.onConnection(false, "Could not establish a server connection"); }
  };
  socket.connect(this.ip, this.port);
};

ElectroServer.prototype.close = function() {
  this.isConnected = false;
  this.socket.close();
};

ElectroServer.prototype.login = function(name:String, password:String) {
  this.username = name;
  this.send("Login", textNode("Name", name) + textNode("Password", password) + "<UserVariables/>");
};

// Makes a room, or joins the one that has its name already.
ElectroServer.prototype.createRoom = function(room:Object) {
  this.wanted = room;
  var attributes:String = " Updatable=\"true\" Hidden=\"false\" Numbered=\"false\""
    + " FloodingFilterEnabled=\"true\" UserVariablesEnabled=\"false\"";
  this.send("CreateRoom", "<Zone><Name></Name><Room" + attributes + ">"
    + textNode("Name", room.roomName) + textNode("Password", room.password)
    + "<Description><![CDATA[]]></Description><Capacity>-1</Capacity>"
    + "<RoomVariables/><Plugins /></Room></Zone>");
};

ElectroServer.prototype.joinRoom = function(name:String, password:String) {
  this.send("JoinRoom", "<Zone><Name></Name><Room>" + textNode("Name", name) + textNode("Password", password)
    + "<Numbered>true</Numbered></Room></Zone>");
};

ElectroServer.prototype.sendMessage = function(type:String, message:String, user:String) {
  var body:String = "<Message><![CDATA[" + message.split("]]>").join("]]]]><![CDATA[>") + "]]></Message><Variables />";
  if (type == "private") { this.send("SendPrivateMessage", "<Users>" + textNode("User", user) + "</Users>" + body); }
  else { this.send("SendPublicMessage", body); }
};

ElectroServer.prototype.send = function(action:String, parameters:String) {
  this.socket.send("<XmlDoc><Action>" + action + "</Action><Parameters>" + parameters + "</Parameters></XmlDoc>");
};

// What the server says, by its action.
ElectroServer.prototype.read = function(action:String, body:XMLNode) {
  var reader:Function = this["read" + action];
  if (reader != undefined) { this["read" + action](body, textOf(body, "Result"), textOf(body, "Reason")); }
};

ElectroServer.prototype.readConnectionResponse = function(body:XMLNode, result:String, reason:String) {
  this.isAnswered = true;
  this.isConnected = result == "Accepted";
  this.onConnection(this.isConnected, reason);
};

ElectroServer.prototype.readLoginResponse = function(body:XMLNode, result:String, reason:String) {
  this.loggedIn(result == "Accepted", reason);
};

ElectroServer.prototype.readRoomList = function(body:XMLNode) {
  var zone:XMLNode = childOf(body, "Zone");
  var rooms:Array = childOf(zone, "Rooms").childNodes;
  this.zone = {name: textOf(zone, "Name"), rooms: [], users: this.zone.users};
  for (var i:Number = 0; i < rooms.length; i++) { this.zone.rooms.push(roomOf(rooms[i])); }
  this.roomListUpdated();
};

ElectroServer.prototype.readUpdateRoomList = function(body:XMLNode) {
  var room:Object = roomOf(childOf(childOf(body, "Zone"), "Rooms").firstChild);
  removeLabel(this.zone.rooms, room.label);
  if (textOf(body, "MinorAction") != "DeleteRoom") { this.zone.rooms.push(room); }
  this.roomListUpdated();
};

// There is a room of that name: it is joined instead, with the same password.
ElectroServer.prototype.readCreateRoom = function(body:XMLNode, result:String) {
  if (result != "Success") { this.joinRoom(this.wanted.roomName, this.wanted.password); }
};

ElectroServer.prototype.readJoinRoom = function(body:XMLNode, result:String, reason:String) {
  if (result != "Success") {
    this.roomJoined({success: false, error: reason});
    return;
  }
  var users:Array = childOf(body, "Users").childNodes;
  this.zone.users = [];
  for (var i:Number = 0; i < users.length; i++) { this.zone.users.push(userOf(users[i])); }
  this.roomJoined({success: true});
  this.userListUpdated();
};

ElectroServer.prototype.readUpdateUserList = function(body:XMLNode) {
  var user:Object = userOf(childOf(body, "User"));
  removeLabel(this.zone.users, user.label);
  if (textOf(body, "MinorAction") == "UserJoined") { this.zone.users.push(user); }
  this.userListUpdated();
};

ElectroServer.prototype.readSendPublicMessage = function(body:XMLNode) {
  this.messageReceived("public", textOf(body, "Message"), textOf(body, "User"));
};

ElectroServer.prototype.readSendPrivateMessage = function(body:XMLNode) {
  this.messageReceived("private", textOf(body, "Message"), textOf(body, "User"));
};

ElectroServer.prototype.readRequestError = function(body:XMLNode, result:String, reason:String) {
  this.requestFailed(textOf(body, "RequestAction"), reason);
};

// The server closes the line after this.
ElectroServer.prototype.readModeratorCommand = function(body:XMLNode, result:String, reason:String) {
  this.dismissed(textOf(body, "MinorAction"), reason);
};

function roomOf(node:XMLNode):Object {
  return {
    label: textOf(node, "Name"),
    users: Number(node.attributes.Users),
    isProtected: node.attributes.PasswordProtected == "true"
  };
}

function userOf(node:XMLNode):Object { return {label: textOf(node, "Name")}; }

function removeLabel(list:Array, label:String) {
  for (var i:Number = list.length - 1; i >= 0; i--) { if (list[i].label == label) { list.splice(i, 1); } }
}

function childOf(node:XMLNode, name:String):XMLNode {
  for (var i:Number = 0; i < node.childNodes.length; i++) {
    if (node.childNodes[i].nodeName == name) { return node.childNodes[i]; }
  }
  return undefined;
}

// A text may lie in several pieces, one for each CDATA section.
function textOf(node:XMLNode, name:String):String {
  var pieces:Array = childOf(node, name).childNodes;
  var text:String = "";
  for (var i:Number = 0; i < pieces.length; i++) { text += pieces[i].nodeValue; }
  return text;
}

function textNode(name:String, text:String):String {
  if (text == undefined) { text = ""; }
  return "<" + name + ">" + text.split("&").join("&amp;").split("<").join("&lt;").split(">").join("&gt;") + "</" + name + ">";
}
