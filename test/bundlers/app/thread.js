import 'inkling/thread';
